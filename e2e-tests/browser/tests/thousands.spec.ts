// Lists as a whole city fills them in a year: thousands of cases are read page by page, and one village is found among hundreds.
import { expect, test, type Page } from '@playwright/test'
import { opened, unit } from '../acts'
import { base, desk, signedIn } from '../people'

const CASES = 3_000
const TOWNSHIPS = 50
const VILLAGES = 30
/** No screen shows more rows than that, and what is just above and below it. */
const NEAR = 120
type Row = Record<string, unknown> & { code: string }

const numbered = (number: number, digits: number) => String(number).padStart(digits, '0')

/** Answers as the gateway would if there were so many of what it has one of. */
async function manyCases(page: Page): Promise<string[]> {
  const one = (await (await desk('inspector')).get('/api/v1/cases?limit=1')).cases[0] as object
  const asked: string[] = []
  await page.route((url) => url.pathname === '/api/v1/cases', (route) => {
    const { search, searchParams } = new URL(route.request().url())
    asked.push(search)
    const from = Number(searchParams.get('after') || 0)
    const until = Math.min(CASES, from + Number(searchParams.get('limit')))
    const cases = Array.from({ length: until - from }, (_, index) => {
      const number = from + index + 1
      return { ...one, case_id: `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`, summary: `第 ${numbered(number, 4)} 件` }
    })
    return route.fulfill({ json: { cases, next: until < CASES ? String(until) : null, position: 1, total: CASES } })
  })
  return asked
}

/** The units there are, and under one county as many townships and villages as it takes. */
async function manyUnits(page: Page): Promise<void> {
  const { units } = (await (await desk('inspector')).get('/api/v1/units?limit=1000')) as { units: Row[] }
  const [township, village] = ['321322102', '321322102291'].map((code) => units.find((one) => one.code === code))
  const more = Array.from({ length: TOWNSHIPS }, (_, index) => {
    const [code, name] = [`3213222${numbered(index, 2)}`, `试设乡${numbered(index + 1, 2)}`]
    const below = Array.from({ length: VILLAGES }, (_, number) => ({ ...village, code: `${code}${numbered(number + 201, 3)}`, name: `试设村${numbered(index * VILLAGES + number + 1, 4)}`, parent: code }) as Row)
    return [{ ...township, code, name } as Row, ...below]
  })
  const all = [...units, ...more.flat()].sort((a, b) => (a.code < b.code ? -1 : 1))
  await page.route((url) => url.pathname === '/api/v1/units', (route) => {
    const { searchParams } = new URL(route.request().url())
    const after = searchParams.get('after') ?? ''
    const rest = all.filter(({ code }) => code > after)
    const here = rest.slice(0, Number(searchParams.get('limit')))
    return route.fulfill({ json: { units: here, next: here.length < rest.length ? here.at(-1)?.code : null, total: all.length } })
  })
}

/** How many rows the browser has drawn; the others are in the page all the same. */
const drawn = (page: Page): Promise<number> => page.locator('#main ul.list > li > .head').evaluateAll((heads) => heads.filter((head) => head.checkVisibility({ contentVisibilityAuto: true })).length)

test('of 3,000 cases all are read, page by page, and those near the screen are drawn', async ({ browser }) => {
  test.setTimeout(400_000)
  const page = await signedIn(browser, 'inspector')
  const asked = await manyCases(page)
  await page.goto(`${base()}/console/cases`)
  const rows = page.locator('#main ul.list > li')
  const more = page.getByRole('button', { name: '继续加载' })
  await expect(page.getByText(`共 ${CASES} 件`)).toBeVisible()
  for (let shown = 50; shown < CASES; shown += 50) {
    await expect(rows).toHaveCount(shown)
    await more.click()
  }
  await expect(rows).toHaveCount(CASES)
  await expect(more, 'there is no further page').toHaveCount(0)
  expect(asked, 'each page was asked for once').toHaveLength(CASES / 50)
  await expect(rows.last()).toContainText('第 3000 件')

  await expect(async () => {
    await page.keyboard.press('End')
    await expect(rows.last()).toBeInViewport({ timeout: 2_000 })
  }).toPass()
  // The first 60 are drawn in any case.
  await expect.poll(() => drawn(page)).toBeLessThan(60 + NEAR)
  const middle = rows.nth(CASES / 2)
  expect(await middle.locator('.head').evaluate((head) => head.checkVisibility({ contentVisibilityAuto: true })), 'what nobody sees is not drawn').toBe(false)
  await middle.scrollIntoViewIfNeeded()
  await expect(middle).toBeInViewport()
  await expect.poll(() => middle.locator('.head').evaluate((head) => head.checkVisibility({ contentVisibilityAuto: true })), 'and is where one comes to it').toBe(true)
  await page.keyboard.press('Home')
  await expect(rows.first()).toBeInViewport()
  await expect.poll(() => drawn(page)).toBeLessThan(60 + NEAR)
  await page.context().close()
})

test('among 1,500 villages one is found by a part of its name or its code, and narrows the list', async ({ browser }) => {
  const page = await signedIn(browser, 'inspector')
  await manyUnits(page)
  const asked = await manyCases(page)
  await page.goto(`${base()}/console/cases`)
  const box = page.getByRole('combobox', { name: '所属地区或单位' })
  const tree = page.locator('.el-select__popper').filter({ visible: true })
  const [nodes, named] = [tree.getByRole('treeitem', { includeHidden: true }), (name: string) => tree.getByText(name, { exact: true })]
  await opened(box)
  await expect(named('沭阳县')).toBeVisible()
  expect(await nodes.count(), 'of an opened tree only what is unfolded is there').toBeLessThan(100)
  await box.fill('试设村0742')
  await expect(named('试设村0742')).toBeVisible()
  await expect(named('试设村0741'), 'and only what fits is seen').toBeHidden()
  expect(await nodes.count(), 'only the branch of what was looked for is unfolded').toBeLessThan(200)
  // A part that every name has must not keep anybody from typing on.
  await box.fill('试设村')
  await box.fill('321322249230')
  await expect(named('试设村1500')).toBeVisible()
  await expect(named('试设村0742')).toBeHidden()
  await page.keyboard.press('Escape')

  await unit(page, page.locator('#main'), '所属地区或单位', '试设村0742')
  await expect(page).toHaveURL(/unit=321322224222$/)
  await expect(page.locator('#main .filters')).toContainText('试设乡25试设村0742')
  await expect.poll(() => asked.at(-1)).toContain('unit=321322224222')
  await page.context().close()
})
