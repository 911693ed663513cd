using System.Reflection;

namespace Scriban.Runtime;

/// <summary>Says whether a template sees a .NET member.</summary>
public delegate bool MemberFilterDelegate(MemberInfo member);
