// The office's own check of guides: what the app could not follow is refused with file, place and reason.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const root = new URL('../../', import.meta.url).pathname

test('a guide that cannot be followed is refused, with file, place and reason', () => {
  const copy = mkdtempSync(join(tmpdir(), 'mot-cua-guides-'))
  try {
    for (const part of ['tools/guides.mjs', 'public/guides', 'public/pictures', 'sandbox/seed/procedures.json']) cpSync(join(root, part), join(copy, part), { recursive: true })
    const file = join(copy, 'public/guides/1.116501.json')
    const good = readFileSync(file, 'utf8')
    const check = () => spawnSync('node', [join(copy, 'tools/guides.mjs'), '--quiet', '1.116501'], { encoding: 'utf8' })
    assert.equal(check().status, 0, 'as it is, it is good')
    for (const [spoil, place, reason] of [
      [(guide) => { guide.procedure = '9.999999' }, 'procedure', /no record|not the file/],
      [(guide) => { guide.questions[2].when = { 'phan-nao': ['do-lai'] } }, 'questions[2].when.phan-nao', /name earlier questions only/],
      [(guide) => { guide.questions[1].when = { 'viec-khac': ['gop-von'] } }, 'questions[1].when.viec-khac', /earlier/],
      [(guide) => { guide.picture = 'khong-co' }, 'picture', /there is no .*khong-co\.svg/],
      [(guide) => { guide.papers[0].name = 'Giấy không ai công bố' }, 'papers[0].name', /fits no published paper/],
      [(guide) => { guide.papers.find((paper) => paper.when).when = { 'cau-hoi-la': ['co'] } }, '.when.cau-hoi-la', /no such question/],
      [(guide) => { guide.questions[0].answers[0].case = 7 }, 'questions[0].answers[0].case', /no case 7/],
    ]) {
      const guide = JSON.parse(good)
      spoil(guide)
      writeFileSync(file, JSON.stringify(guide))
      const { status, stderr } = check()
      assert.equal(status, 1, stderr)
      assert.ok(stderr.includes('public/guides/1.116501.json: ') && stderr.includes(place), stderr)
      assert.match(stderr, reason)
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
