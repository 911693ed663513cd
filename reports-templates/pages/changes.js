// A report that is written again while it is open shows the new one, at the place where the reader is. A browser opens six connections to
// a server, so that a page out of sight holds none.
const { version } = document.currentScript.dataset;
let source;
const watch = () => {
  source?.close();
  source = undefined;
  if (document.hidden)
    return;
  source = new EventSource(`${location.pathname}/changes?version=${encodeURIComponent(version)}`);
  source.addEventListener('changed', () => location.reload());
};
document.addEventListener('visibilitychange', watch);
watch();
