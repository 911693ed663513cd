// Shows a part of the page as it is now, as often as the server says so, and the whole page anew when that part is over.
const part = document.querySelector('[data-live]');
if (part) {
  const source = new EventSource(part.dataset.live);
  source.addEventListener('progress', event => { part.innerHTML = event.data; });
  source.addEventListener('finished', () => location.reload());
}
