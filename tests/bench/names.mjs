// A catalogue of any size: the real names, and more that are built like them about other things.
import { readFileSync } from 'node:fs'

const real = readFileSync(new URL('./procedure-names.tsv', import.meta.url), 'utf8').trim().split('\n').map((line) => line.split('\t'))
/** Words that so many fields share are the language of offices; they stay. The others say what a name is about. */
const SHARED = 8

/**
 * A list of `count` procedures (code, field, name), always the same. Beyond the real ones stand copies in which every telling
 * word is exchanged for another that is about as frequent, the same for the whole copy: names as long, words as frequent, other
 * subjects, as in a larger catalogue.
 */
export function grown(count) {
  let seed = 20260923
  const below = (most) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 4294967296 * most) }
  const shuffle = (list) => {
    for (let at = list.length - 1; at > 0; at--) {
      const other = below(at + 1)
      ;[list[at], list[other]] = [list[other], list[at]]
    }
    return list
  }
  const parts = (name) => name.split(/([\p{L}]+)/u)
  const spread = new Map()
  for (const [, field, name] of real) {
    for (const word of new Set(parts(name.toLowerCase()).filter((part) => /\p{L}/u.test(part)))) {
      const { names, fields } = spread.get(word) ?? { names: 0, fields: new Set() }
      spread.set(word, { names: names + 1, fields: fields.add(field) })
    }
  }
  // Words in bands of like frequency: in 1 name, 2–3, 4–7, 8–15, more.
  const bands = new Map()
  for (const [word, { names, fields }] of spread) {
    if (fields.size >= SHARED) continue
    const band = Math.min(Math.floor(Math.log2(names)), 4)
    bands.set(band, [...(bands.get(band) ?? []), word])
  }
  const list = real.slice(0, count)
  for (let n = 0; list.length < count; ) {
    const other = new Map()
    for (const words of bands.values()) {
      shuffle([...words]).forEach((word, at) => other.set(words[at], word))
    }
    for (const [, field, name] of real) {
      if (list.length >= count) break
      const all = parts(name)
      const made = all.map((part) => other.get(part.toLowerCase()) ?? part)
      const words = all.filter((part) => /\p{L}/u.test(part)).length
      const changed = made.filter((part, at) => part !== all[at]).length
      // A name of office language for the most part would be the same name again: two right answers for one query.
      if (changed < Math.max(3, words / 4)) continue
      list.push([`9.${String(100000 + n++)}`, field, made.join('')])
    }
  }
  // Real and made ones mixed, so that no place in the list helps.
  return shuffle(list)
}
