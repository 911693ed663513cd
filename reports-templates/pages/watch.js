// Listens to what the server tells of an address while the page is in sight. A browser opens six connections to a server, so that a page
// out of sight holds none; what it missed is told when it is seen again.
function watch(address, listeners) {
  let source;
  const listen = () => {
    source?.close();
    source = undefined;
    if (document.hidden)
      return;
    source = new EventSource(address);
    for (const [name, listener] of Object.entries(listeners))
      source.addEventListener(name, listener);
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}
