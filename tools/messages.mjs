// What the app says, for people who look over it.
//
//   node tools/messages.mjs table   all messages in the three languages, with the guides' texts, as one page for reviewers
//   node tools/messages.mjs ease    how easy the Vietnamese is to read, worst first; fails above the limit
//
// Ease is the index of Nguyen and Henkin ("A readability formula for Vietnamese", Journal of Reading 26, 1982), as later
// papers quote it: 2 × the letters of a word + 0.2 × the words of a sentence − 6. A word is what stands between blanks.
// Words shorter than a sentence say little about a sentence, so a message counts from five words on; and no sentence has
// more than 25 words.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const LIMIT = 4.5
const LONGEST = 25
const FROM = 5
const languages = ['vi', 'en', 'km']
const table = (path) => JSON.parse(readFileSync(new URL(`../public/${path}.json`, import.meta.url), 'utf8'))
const messages = Object.fromEntries(languages.map((language) => [language, table(`messages/${language}`)]))

/** The sentences of a text; a place or a number counts as one short word. */
const sentences = (text) => text.replace(/\{[^}]*\}|\S*\d\S*/g, 'x').split(/(?<=[.!?:;])\s+|\n/).filter((part) => /\p{L}/u.test(part))
const words = (text) => text.split(/[\s/]+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).filter(Boolean)

/** How hard a text is to read, and its longest sentence in words. */
export function ease(text) {
  const parts = sentences(text).map(words)
  const all = parts.flat()
  const letters = all.reduce((sum, word) => sum + [...word].length, 0)
  return {
    index: all.length ? 2 * letters / all.length + 0.2 * all.length / parts.length - 6 : 0,
    count: all.length,
    longest: Math.max(0, ...parts.map((part) => part.length)),
  }
}

function printEase() {
  const rows = Object.entries(messages.vi).map(([key, text]) => ({ key, text, ...ease(text) }))
    .filter(({ count }) => count >= FROM).sort((a, b) => b.index - a.index)
  const bad = rows.filter(({ index, longest }) => index > LIMIT || longest > LONGEST)
  for (const { key, text, index, longest } of process.argv.includes('--quiet') ? bad : rows) {
    console.log(`${index.toFixed(1).padStart(5)} ${String(longest).padStart(3)}  ${key}: ${text.replace(/\n/g, ' / ')}`)
  }
  const mean = rows.reduce((sum, { index }) => sum + index, 0) / rows.length
  console.log(`reading ease: ${rows.length} messages, on average ${mean.toFixed(2)}, at most ${rows[0].index.toFixed(1)} of ${LIMIT}; the longest sentence has ${Math.max(...rows.map(({ longest }) => longest))} words of ${LONGEST}`)
  if (bad.length) {
    console.error(`✗ ${bad.length} messages are harder to read than the limit.`)
    process.exitCode = 1
  }
}

function writeTable() {
  const safe = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign])
  const row = (key, texts) => `<tr><th>${safe(key)}</th>${texts.map((text, at) => `<td lang="${languages[at]}">${safe(text)}</td>`).join('')}</tr>`
  const [en, km] = [table('guides/en'), table('guides/km')]
  const said = Object.keys(messages.vi).map((key) => row(key, languages.map((language) => messages[language][key] ?? '')))
  const told = Object.keys(km).map((text) => row('', [text, en[text] ?? '', km[text]]))
  const terms = table('glossary/terms').map((term) => row(term.term, languages.map((language) => term[language])))
  const part = (title, rows) => `<h2>${title}</h2><table><tr><th></th><th>Tiếng Việt</th><th>English</th><th>ខ្មែរ</th></tr>${rows.join('\n')}</table>`
  mkdirSync(new URL('../target/', import.meta.url), { recursive: true })
  const file = new URL('../target/messages.html', import.meta.url)
  writeFileSync(file, `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa: lời trên màn hình</title>
<style>body{font:16px/1.6 sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .5em;vertical-align:top;text-align:left}td{width:28%}</style>
<h1>Một Cửa: lời trên màn hình, ba thứ tiếng</h1>
${part('Messages', said)}${part('Guides and drawings', told)}${part('Glossary', terms)}</html>`)
  console.log(`${said.length} messages, ${told.length} texts of guides and drawings, ${terms.length} terms: ${file.pathname}`)
}

if (process.argv[2] === 'table') writeTable()
else printEase()
