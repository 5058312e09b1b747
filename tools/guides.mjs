// Checks the guides against the portal's records and prints where each guide's questions lead: for every way of
// answering, the case and which papers are needed. Exit code 1 if a guide is not as docs/guides.md says.
//
//   node tools/guides.mjs [--records FILE] [--quiet] [code…]
//
// Without --records the sandbox's records are used if they are there; else the guides are only checked in themselves.
import { existsSync, readFileSync, readdirSync } from 'node:fs'

const root = new URL('../', import.meta.url).pathname
const guides = 'public/guides'
const events = 'public/pictures/events'
const sandbox = 'sandbox/seed/procedures.json'

// --- the command line ---------------------------------------------------------------------------------------------
const codes = process.argv.slice(2)
const quiet = take('--quiet', 1).length > 0
const [, given] = take('--records', 2)
const recordsFile = given ?? (existsSync(root + sandbox) ? root + sandbox : undefined)
const lost = codes.find((code) => !existsSync(`${root}${guides}/${code}.json`))
if (lost) stop(`${guides}/${lost}.json: no such guide`)

/** Takes an option, with its value if it has one, out of the codes. */
function take(option, words) {
  const at = codes.indexOf(option)
  const taken = at < 0 ? [] : codes.splice(at, words)
  return at < 0 || taken.length === words ? taken : stop(`${option}: which file?`)
}

function stop(why) {
  console.error(`✗ ${why}`)
  process.exit(1)
}

function json(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return stop(`${file.replace(root, '')}: ${error.message}`)
  }
}

// --- the records --------------------------------------------------------------------------------------------------
const records = recordsFile && new Map(json(recordsFile).map((record) => [record.code, record]))

/** Whether a published name states a condition, by the words of src/catalogue/requirement.rs. */
const conditional = (name) =>
  /trường hợp|đối với|nếu |\(nếu|khi có|khi thực hiện|mà có|có nhu cầu|thuộc diện/.test(name.toLowerCase())

/** The portal's cases with their papers' names, by the rule of sandbox/src/seed/cases.rs: headings inside one filing
    are no cases, and "thì nộp thêm" belongs to every case. */
function portalCases({ cases }) {
  const heading = /giấy tờ phải nộp|giấy tờ phải xuất trình|theo một trong các trường hợp sau:*\s*$/i
  const addition = /thì nộp thêm/i
  const papers = (list) => list.flatMap(({ documents }) => documents.map(({ name }) => name))
  const parts = ({ name }) => name.trim() === '' || heading.test(name)
  if (cases.some(({ name }) => heading.test(name)) && cases.every(parts)) return [{ name: '', papers: papers(cases) }]
  const added = cases.filter(({ name }) => addition.test(name))
  const own = cases.length > added.length ? cases.filter((one) => !added.includes(one)) : cases
  return own.map((one) => ({ name: one.name, papers: papers(own === cases ? [one] : [one, ...added]) }))
}

// --- one guide ----------------------------------------------------------------------------------------------------
const filled = (value) => typeof value === 'string' && value.trim() !== ''
const plain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const known = {
  guide: ['guide', 'procedure', 'decision', 'everydayName', 'synonyms', 'purpose', 'whoMayFile', 'lifeEvents',
    'picture', 'legalBasis', 'recordVersion', 'cases', 'questions', 'papers'],
  question: ['id', 'ask', 'help', 'when', 'answers'],
  answer: ['id', 'label', 'case'],
  paper: ['name', 'everydayName', 'why', 'where', 'mistakes', 'when'],
  law: ['name', 'effective'],
}

/** A paper's `when` as a list of conditions, any of which is enough. */
const any = (when) => (Array.isArray(when) ? when : [when])
/** Whether one condition holds: each question that it names was asked, and answered with one of its answers. */
const holds = (when, said) => Object.entries(when).every(([question, answers]) => answers.includes(said.get(question)))
const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`

let refused = 0
let remarks = 0

function check(code) {
  const file = `${guides}/${code}.json`
  const guide = json(root + file)
  const before = refused
  const refuse = (place, why) => {
    refused += 1
    console.error(`✗ ${file}: ${place}: ${why}`)
  }
  const remark = (place, why) => {
    remarks += 1
    console.error(`! ${file}: ${place}: ${why}`)
  }
  const text = (value, place, longest = Infinity) => {
    if (!filled(value)) refuse(place, 'no text')
    else if ([...value].length > longest) remark(place, `more than ${longest} letters: ${value}`)
  }
  const id = (value, place, others) => {
    if (!filled(value) || !/^[a-z0-9-]+$/.test(value)) refuse(place, 'is not made of a–z, 0–9 and -')
    else if (others.includes(value)) refuse(place, `a second ${value}`)
  }
  const list = (value, place) => {
    if (value !== undefined && !Array.isArray(value)) refuse(place, 'is not a list')
    return Array.isArray(value) ? value : []
  }
  /** Goes through a list of objects; a misspelt field would be passed over in silence, so it is refused. */
  const each = (value, place, fields, see) => list(value, place).forEach((one, i) => {
    const at = `${place}[${i}]`
    if (!plain(one)) return refuse(at, 'is not an object')
    for (const key of Object.keys(one)) if (!fields.includes(key)) refuse(`${at}.${key}`, 'no such field')
    see(one, at, i)
  })

  // The procedure, its record, its cases.
  for (const key of Object.keys(guide)) if (!known.guide.includes(key)) refuse(key, 'no such field')
  if (guide.procedure !== code) refuse('procedure', `${guide.procedure} is not the file's name`)
  const record = records?.get(guide.procedure)
  if (records && !record) refuse('procedure', `no record of ${guide.procedure} in ${recordsFile}`)
  const hints = list(guide.cases, 'cases')
  const cases = record ? portalCases(record) : hints.length > 0 ? hints : [{ name: '' }]
  if (hints.length > 0 && hints.length !== cases.length) {
    refuse('cases', `${hints.length}, but the portal has ${cases.length}`)
  }
  hints.forEach((hint, i) => {
    text(hint.plain, `cases[${i}].plain`)
    const name = cases[i]?.name.trimStart() ?? ''
    if (!name.startsWith(hint.name)) refuse(`cases[${i}].name`, `the portal's case is: ${name}`)
  })
  const version = record && (record.decision ?? record.recordId)
  if ('recordVersion' in guide) text(guide.recordVersion, 'recordVersion')
  if (record && filled(guide.recordVersion) && guide.recordVersion !== version) {
    remark('recordVersion', `written against ${guide.recordVersion}, the record is now ${version}`)
  }
  each(guide.legalBasis, 'legalBasis', known.law, (law, at) => {
    text(law.name, `${at}.name`)
    const number = String(law.name).match(/\S*\d\S*/)?.[0] ?? law.name
    const basis = record && [record.decision ?? '', ...record.legalBasis]
    if (basis?.every((name) => !name.includes(number))) refuse(`${at}.name`, `the record does not name ${number}`)
    const date = law.effective ?? null
    if (date !== null && !/^\d{4}-\d\d-\d\d$/.test(date)) refuse(`${at}.effective`, 'is no date such as 2026-01-31')
  })
  if ('picture' in guide) {
    text(guide.picture, 'picture')
    const drawing = `${events}/${guide.picture}.svg`
    if (existsSync(root + events) && !existsSync(root + drawing)) refuse('picture', `there is no ${drawing}`)
  }

  // The questions. `asked` holds the answers of those seen so far: a `when` names earlier questions only.
  const asked = new Map()
  const ids = list(guide.questions, 'questions').map((question) => question?.id)
  const named = new Set()
  const condition = (when, place) => {
    if (!plain(when) || Object.keys(when).length === 0) return refuse(place, 'names no question')
    for (const [question, answers] of Object.entries(when)) {
      const at = `${place}.${question}`
      named.add(question)
      if (!ids.includes(question)) refuse(at, 'no such question')
      else if (!asked.has(question)) refuse(at, 'is not asked before this one: name earlier questions only')
      else if (!Array.isArray(answers) || answers.length === 0) refuse(at, 'is not a list of answers')
      else for (const one of answers) if (!asked.get(question).includes(one)) refuse(at, `no such answer: ${one}`)
    }
  }
  each(guide.questions, 'questions', known.question, (question, at) => {
    id(question.id, `${at}.id`, [...asked.keys()])
    text(question.ask, `${at}.ask`, 90)
    if ('help' in question) text(question.help, `${at}.help`, 90)
    if ('when' in question) condition(question.when, `${at}.when`)
    const answers = []
    each(question.answers, `${at}.answers`, known.answer, (answer, place) => {
      id(answer.id, `${place}.id`, answers)
      text(answer.label, `${place}.label`, 40)
      answers.push(answer.id)
      if (!('case' in answer)) return
      if (cases.length === 1) refuse(`${place}.case`, 'there is one case only: name none')
      else if (!Number.isInteger(answer.case) || !cases[answer.case]) {
        refuse(`${place}.case`, `no case ${answer.case}: there are ${cases.length}, counted from 0`)
      }
    })
    if (answers.length < 2 || answers.length > 6) refuse(`${at}.answers`, `${answers.length}: give 2 to 6`)
    asked.set(question.id, answers)
  })

  // The papers. A published name takes the longest `name` that it begins with.
  const papers = list(guide.papers, 'papers')
  const hintOf = (published) => papers.filter((paper) => filled(paper?.name) && published.startsWith(paper.name))
    .sort((one, other) => other.name.length - one.name.length)[0]
  each(papers, 'papers', known.paper, (paper, at) => {
    text(paper.name, `${at}.name`)
    text(paper.everydayName, `${at}.everydayName`)
    const used = !record || cases.some((one) => one.papers.some((name) => hintOf(name) === paper))
    if (!used) refuse(`${at}.name`, `fits no published paper: ${paper.name}`)
    if (!('when' in paper)) return
    if (filled(paper.everydayName) && paper.everydayName.startsWith('Lưu ý:')) refuse(`${at}.when`, 'is on a remark')
    if (any(paper.when).length === 0) refuse(`${at}.when`, 'names no question')
    any(paper.when).forEach((when, i) => condition(when, Array.isArray(paper.when) ? `${at}.when[${i}]` : `${at}.when`))
  })
  if (refused > before) return

  // Every way of answering, printed as it is walked.
  const questions = guide.questions ?? []
  const inCase = cases.map((one) => one.papers?.map((name) => ({ name, hint: hintOf(name) }))
    ?? papers.map((hint) => ({ name: hint.name, hint })))
  const lines = []
  const met = new Set() // questions that some way asks
  const found = new Map() // of each paper with `when`: whether some way needs it, and whether some way does not
  const long = [] // ways with too many questions
  const astray = [] // ways that end in no case, or in two
  let ways = 0
  let longest = 0
  const leaf = (said, led, indent) => {
    ways += 1
    longest = Math.max(longest, said.size)
    const way = [...said].map((pair) => pair.join('=')).join(', ')
    if (said.size > 6) long.push(way)
    if (cases.length > 1 && questions.length > 0 && led.length !== 1) {
      return astray.push(`${led.length === 0 ? 'to no case' : `to cases ${led.join(' and ')}`}: ${way}`)
    }
    for (const at of led.length === 1 ? led : cases.keys()) {
      const kinds = { needed: [], 'not needed': [], 'by published condition': [], 'as published': [] }
      for (const { name, hint } of inCase[at]) {
        if (hint?.everydayName.startsWith('Lưu ý:')) continue
        const needed = hint?.when && any(hint.when).some((when) => holds(when, said))
        if (hint?.when) found.set(hint, (found.get(hint) ?? new Set()).add(needed))
        const kind = needed !== undefined ? (needed ? 'needed' : 'not needed')
          : !record ? 'as published' : conditional(name) ? 'by published condition' : 'needed'
        kinds[kind].push((hint?.everydayName ?? name) + (record && hint?.when && !conditional(name) ? ' *' : ''))
      }
      if (cases.length > 1) lines.push(`${indent}= case ${at}: ${hints[at]?.plain ?? cases[at].name}`)
      for (const [kind, names] of Object.entries(kinds)) {
        if (names.length > 0) lines.push(`${indent}${kind}: ${names.join(' · ')}`)
      }
    }
  }
  const walk = (at, said, led, indent) => {
    const question = questions[at]
    if (!question) return leaf(said, led, indent)
    if (question.when && !holds(question.when, said)) return walk(at + 1, said, led, indent)
    met.add(question)
    lines.push(`${indent}? ${question.ask}`)
    for (const answer of question.answers) {
      lines.push(`${indent}  – ${answer.label}`)
      const cases = 'case' in answer ? [...led, answer.case] : led
      walk(at + 1, new Map(said).set(question.id, answer.id), cases, `${indent}    `)
    }
  }
  walk(0, new Map(), [], '  ')
  if (long.length > 0) remark('questions', `more than 6 on ${count(long.length, 'way')}, such as: ${long[0]}`)
  if (astray.length > 0) refuse('questions', `${count(astray.length, 'way')} astray, such as ${astray[0]}`)
  questions.forEach((question, i) => {
    const leads = question.answers.some((answer) => 'case' in answer)
    if (!met.has(question)) refuse(`questions[${i}].when`, 'no way of answering comes to this question')
    if (!leads && !named.has(question.id)) refuse(`questions[${i}]`, 'leads to no case and no paper')
  })
  papers.forEach((paper, i) => {
    const needed = found.get(paper)
    if (needed?.size !== 1) return
    refuse(`papers[${i}].when`, needed.has(true) ? 'holds on every way: leave it out' : 'holds on no way')
  })
  if (refused > before) return
  const sum = `${count(questions.length, 'question')}, at most ${longest} on one way, ${count(ways, 'way')}`
  console.log(`${code} ${guide.everydayName}: ${sum}`)
  if (!quiet) console.log(`${lines.join('\n')}\n`)
}

// --- all of them --------------------------------------------------------------------------------------------------
const every = readdirSync(root + guides).filter((name) => /^\d.*\.json$/.test(name)).sort()
const wanted = codes.length > 0 ? codes : every.map((name) => name.slice(0, -'.json'.length))
wanted.forEach(check)
if (!quiet && records) console.log('* The published name states no condition; the guide does.')
const against = records ? `against ${recordsFile.replace(root, '')}` : 'in themselves, without records'
console.log(`${count(wanted.length, 'guide')} checked ${against}: ${refused} refused, ${count(remarks, 'remark')}`)
process.exitCode = refused > 0 ? 1 : 0
