// Writes every page, public and of each role, with its details, forms and dialogs, at 390 and 1440 pixels to target/browser/screenshots.
import { test } from '@playwright/test'
import { base, citizen, DESK, PHONE, signedIn } from '../people'
import { photo } from '../photo'
import { placesOf, ROLES } from '../places'
import { both, dialogOf, nothingMissing, opened, taken } from './picture'

test.afterEach(nothingMissing)

const PUBLIC = ['/', '/report', '/status', '/exposures', '/results', '/draws', '/privacy', '/accessibility']

for (const size of [PHONE, DESK]) {
  test(`public pages at ${size.width}`, async ({ browser }) => {
    const page = await citizen(browser, { size })
    for (const path of PUBLIC) {
      await page.goto(`${base()}${path}`)
      await taken(page, `public${path}`)
    }
    await page.goto(`${base()}/report`)
    await page.locator('form#report').evaluate((form: HTMLFormElement) => (form.noValidate = true))
    await page.getByRole('button', { name: '提交举报' }).click()
    await taken(page, 'public report refused')
    await page.goto(`${base()}/report`)
    await page.getByLabel('地点在哪里').fill('胡集镇旧砖瓦厂后院')
    await page.getByLabel('情况说明').fill('夜里有刺鼻气味，有货车运蓝色桶。')
    await page.locator('input[type=file]').first().setInputFiles(photo())
    await page.getByRole('button', { name: '提交举报' }).click()
    await page.getByText(/\d{4} \d{4} \d{4} \d{4}/).first().waitFor()
    await taken(page, 'public receipt')
    const receipt = (await page.locator('body').innerText()).match(/\d{4} \d{4} \d{4} \d{4}/)?.[0] ?? ''
    await page.goto(`${base()}/status`)
    await page.getByLabel('查询码').fill(receipt)
    await page.getByRole('button', { name: '查看进展' }).click()
    await taken(page, 'public status with receipt')
    const { draws } = (await (await page.request.get(`${base()}/api/v1/draws`)).json()) as { draws: Array<{ draw_id: string }> }
    if (draws[0]) {
      await page.goto(`${base()}/draws/${draws[0].draw_id}`)
      await taken(page, 'public draw')
    }
    await page.goto(`${base()}/console/sign-in`)
    await taken(page, 'sign-in')
  })
}

test('public pages for whoever asked for more contrast', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', contrast: 'more' })
  const page = await context.newPage()
  for (const path of PUBLIC) {
    await page.goto(`${base()}${path}`)
    await taken(page, `contrast${path}`)
  }
})

/** Dialogs and forms, by the page and the button that opens them: that very page, or the last one of the role that begins so. */
const OPENED: Record<string, Array<[place: string, button: string]>> = {
  'dispatcher-city': [['/console/tips/', '受理并立案'], ['/console/tips/', '不予受理'], ['/console/cases/', '交办'], ['/console/conference-tasks', '交办任务']],
  supervisor: [['/console/draws', '公告抽签'], ['/console/findings', '记录发现的问题'], ['/console/reports/321322/acceptance', '验收通过'], ['/console/reports/321322/acceptance', '验收不通过']],
  'leader-shuyang': [['/console/accountability?list=escalations&explanation=overtaken', '补充说明（不是必须）'], ['/console/reports/321322/mobilisation', '向上一级作出保证']],
  inspector: [['/console/accountability?list=failures', '立案调查']],
  admin: [['/console/admin/units', '添加单位'], ['/console/admin/staff', '登记人员'], ['/console/admin/staff', '设置密码'], ['/console/admin/staff', '变动记录'], ['/console/admin/hotlines', '公布举报电话'], ['/console/admin/health', '向前拨 1 小时']],
}
for (const account of ROLES) {
  test(`pages of ${account}`, async ({ browser }) => {
    const page = await signedIn(browser, account)
    const places = await placesOf(page, account)
    for (const place of places) {
      await opened(page, place)
      await both(page, `${account}${place.replace('/console', '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, (id) => id.slice(0, 4))}`)
    }
    for (const [place, button] of OPENED[account] ?? []) {
      await opened(page, places.find((one) => one === place) ?? places.findLast((one) => one.startsWith(place)) ?? place)
      await dialogOf(page, page.getByRole('button', { name: button, exact: true }), `${account} ${button}`)
    }
    await opened(page, '/console/')
    for (const panel of ['这一页怎么用', /^新情况/]) {
      const opener = page.locator('header').getByRole('button', { name: panel }).first()
      if (!(await opener.count())) continue
      await opener.click()
      await page.waitForTimeout(500)
      await both(page, `${account} ${panel === '这一页怎么用' ? 'help' : 'news'}`, false)
      await page.keyboard.press('Escape')
      await page.waitForTimeout(500)
    }
    await page.context().close()
  })
}
