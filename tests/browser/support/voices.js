// A pretended voice that tells what it was given.

/** Voices for these languages; each sentence takes `pause` ms, and its first word is told. */
export const voices = (browser, languages, pause = 60) => browser.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', { source: `
  window.said = []
  let running = null
  const speech = new EventTarget()
  speech.getVoices = () => ${JSON.stringify(languages)}.map((lang) => ({ lang, name: lang }))
  speech.cancel = () => { clearTimeout(running?.timer); const over = running; running = null; over?.sentence.onend?.({}) }
  speech.speak = (sentence) => {
    said.push([sentence.lang, sentence.text])
    running = { sentence, timer: setTimeout(() => { running = null; sentence.onend?.({}) }, ${pause}) }
    setTimeout(() => { if (running?.sentence === sentence) sentence.onboundary?.({ charIndex: 0, charLength: sentence.text.match(/^\\S+/)[0].length }) }, 5)
  }
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }` })

/** What it was given so far: language and text. */
export const said = (browser) => browser.driver.executeScript('return window.said')
