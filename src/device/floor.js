// For browsers below the floor (Chromium 90, Firefox ESR): a word in plain HTML with the hotline. Written so that the oldest
// of them can read it.
if (!('noModule' in document.createElement('script')) || !window.WebAssembly || !window.WeakRef || !window.CSS ||
  !CSS.supports('aspect-ratio', '1')) {
  document.getElementById('old').removeAttribute('hidden')
}
