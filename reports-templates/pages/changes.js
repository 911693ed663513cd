// A report that is written again while it is open shows the new one, at the place where the reader is.
const { version } = document.currentScript.dataset;
watch(`${location.pathname}/changes?version=${encodeURIComponent(version)}`, { changed: () => location.reload() });
