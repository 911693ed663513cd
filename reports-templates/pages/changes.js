// A report that is written again while it is open shows the new one, at the place where the reader is.
new EventSource(`${location.pathname}/changes`).addEventListener('changed', () => location.reload());
