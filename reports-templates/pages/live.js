// Shows a part of the page as it is now, as often as the server says so, and the whole page anew when that part is over.
const part = document.querySelector('[data-live]');
if (part)
  watch(part.dataset.live, {
    progress: event => {
      const fresh = part.cloneNode(false);
      fresh.innerHTML = event.data;
      renew(part, fresh);
    },
    finished: () => location.reload(),
  });

// Changes only what differs: a link that somebody points at or has reached with the keyboard stays where it is.
function renew(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data)
      old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name))
      old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value)
      old.setAttribute(name, value);
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  before.slice(after.length).forEach(node => node.remove());
  after.forEach((node, i) => { if (i < before.length) renew(before[i], node); else old.append(node); });
}
