// The steps of one citizen's journey, as a person takes them. Each leaves the browser on the next screen.
import { photo } from './browser.js'

/** People of the tests; all invented. */
export const an = {
  name: 'Nguyễn Văn An', id: '092085001234', birth: '02/09/1985', phone: '0900000001', street: '12 đường Nguyễn Trãi',
  email: 'an@example.vn', password: 'matkhau1',
}
export const chau = {
  name: 'Thạch Thị Châu', id: '092177004321', birth: '05/03/1977', phone: '0900000003', street: 'Ấp Hòa Thạnh',
  email: 'chau@example.vn', password: 'matkhau3',
}

/** Who has a dossier in each state from the start. */
export const binh = { email: 'binh@example.vn', password: 'matkhau2' }

/** The papers handed in for a sale: three photographs, and the drawing that the portal's list requires as a PDF. */
export const papers = { TP01: 'phieu.jpg', TP02: 'giay-chung-nhan.jpg', TP03: 'hop-dong.jpg', TP06: 'mot-trang.pdf' }

export async function choose(browser) {
  await browser.go('/')
  await browser.heading('Ông/bà cần làm gì')
  await browser.press('Làm thủ tục')
  await browser.heading('muốn làm việc gì')
  await browser.see('Có 33 thủ tục')
  await browser.type('query', 'sang ten so do')
  await browser.press('Sang tên sổ đỏ')
  await browser.heading('Sang tên')
}

export async function pickCase(browser) {
  await browser.press('Mua bán')
  await browser.heading('Giấy tờ cần có')
}

export async function check(browser) {
  for (const part of Object.keys(papers)) await tick(browser, part)
  await browser.press('Chuẩn bị hồ sơ')
  await browser.heading('Chụp giấy tờ')
}

export async function tick(browser, part) {
  const box = await browser.find(`#tick-${part}-Have`)
  await browser.driver.executeScript('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', box)
  await box.click()
}

/** The id of the draft in the address. */
export async function draftId(browser) {
  return (await browser.path()).split('/')[2]
}

export async function addPapers(browser, files = papers) {
  const draft = await draftId(browser)
  for (const [part, file] of Object.entries(files)) {
    await openPaper(browser, draft, part)
    await browser.hand(file.endsWith('.pdf') ? 'files' : 'camera', photo(file))
    await browser.find('.page img, .page .pdf')
    await browser.press('Xong giấy này')
    await browser.heading('Chụp giấy tờ')
  }
}

export async function openPaper(browser, draft, part) {
  await browser.until(async () => {
    const link = await browser.find(`a[href="/ho-so/${draft}/giay-to/${part}"]`)
    await browser.driver.executeScript('arguments[0].closest("details")?.setAttribute("open", ""); arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', link)
    await link.click()
    return true
  }, `the paper ${part} can be opened`)
  await browser.find('#camera')
}

export async function fillPerson(browser, who, person) {
  await browser.type(`${who}-name`, person.name)
  await browser.type(`${who}-id-number`, person.id)
  await browser.type(`${who}-birth`, person.birth)
  await browser.type(`${who}-phone`, person.phone)
  await browser.type(`${who}-street`, person.street)
  await browser.choose(`${who}-ward`, 'Phường Ninh Kiều')
}

export async function people(browser, person = chau) {
  await browser.press('Tiếp: người nộp')
  await browser.heading('Ai nộp hồ sơ')
  await fillPerson(browser, 'applicant', person)
  await browser.press('Của chính tôi')
  await browser.press('Tiếp: xem lại')
  await browser.heading('Xem lại và gửi')
}

export async function signIn(browser, person = chau) {
  await browser.find('#email')
  await browser.type('email', person.email)
  await browser.type('password', person.password)
  await browser.press('Đăng nhập')
}

/** Signs in where the citizen's own dossiers are listed, before anything is sent. */
export async function signedIn(browser, person = chau) {
  await browser.go('/tra-cuu')
  await browser.press('Xem hồ sơ của tôi')
  await signIn(browser, person)
  await browser.see('Hồ sơ của tôi')
  await browser.until(async () => (await browser.all('#email')).length === 0, 'signed in')
}

export async function send(browser, person = chau) {
  await browser.press('Gửi hồ sơ')
  await browser.see('Ông/bà đăng nhập để gửi')
  await signIn(browser, person)
  await browser.heading('Đã gửi hồ sơ')
}

/** From the first screen to a new draft without papers. */
export async function untilPapers(browser) {
  await choose(browser)
  await pickCase(browser)
  await check(browser)
}

/** From the first screen to a draft with all its papers and people, at the last step before sending. */
export async function untilReview(browser, person = chau) {
  await untilPapers(browser)
  await addPapers(browser)
  await people(browser, person)
}

/** What stands behind a term in a list of facts. */
export function fact(browser, term) {
  return browser.driver.executeScript(`
    const found = [...document.querySelectorAll('dt')].find((one) => one.innerText === arguments[0])
    return found?.nextElementSibling.innerText ?? null`, term)
}
