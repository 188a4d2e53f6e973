// The five minutes of a county's leader: a number and the cases behind it, the days, the stages, and what is new.
import { expect, test } from '@playwright/test'
import { base, desk, PHONE, signedIn } from '../people'

interface Board {
  columns: Array<{ title: string; count: { value: number }; overdue?: { value: number } | null }>
  stages: Array<{ name: string; current: boolean; figures: Array<{ value: number }> }>
}

test('a number of the table of townships is the number of cases behind it, and one of them opens', async ({ browser }) => {
  const page = await signedIn(browser, 'leader-shuyang')
  await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '统计', exact: true }).click()
  const table = page.getByRole('region', { name: '统计表' }).getByRole('table')
  const cases = (area: string) => table.getByRole('link', { name: new RegExp(`^${area} 案件总数 \\d+$`) })
  await expect(cases('沭阳县')).toBeVisible()
  const many = Number(await cases('胡集镇').innerText())
  expect(many, 'there are cases').toBeGreaterThan(0)
  expect(many, 'and the county has those of its townships').toBeLessThanOrEqual(Number(await cases('沭阳县').innerText()))
  await cases('胡集镇').click()
  await expect(page).toHaveURL(/\/console\/cases\?.*unit=321322102/)
  await expect(page.locator('#main').getByText(`共 ${many} 件`, { exact: true })).toBeVisible()
  const rows = page.locator('#main ul.list > li')
  await expect(rows).toHaveCount(Math.min(many, 50))
  const link = rows.first().getByRole('link').first()
  const summary = await link.innerText()
  await link.click()
  await expect(page).toHaveURL(/\/console\/cases\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(summary)
  await page.context().close()
})

test('the days are a chart and a table of the same numbers, the stages a board of the same cases', async ({ browser }) => {
  const page = await signedIn(browser, 'leader-shuyang')
  await page.goto(`${base()}/console/figures`)
  await page.getByRole('tab', { name: '每日动态' }).click()
  await expect(page.getByRole('img', { name: /^折线图/ }).locator('canvas')).toBeVisible()
  const numbers = page.getByRole('region', { name: '数据表' }).getByRole('table')
  await expect(numbers.getByRole('columnheader')).toHaveText(['日期', /./, '立案', /./, /./])
  await expect(numbers.getByRole('row').nth(1).getByRole('cell')).toHaveCount(4)
  await page.getByRole('group', { name: '看哪几项' }).getByText('立案', { exact: true }).click()
  await expect(numbers.getByRole('columnheader', { name: '立案', exact: true }), 'what is not looked at leaves both').toHaveCount(0)

  const { columns, stages } = (await (await desk('leader-shuyang')).get('/api/v1/board')) as unknown as Board
  expect(columns.length).toBeGreaterThan(3)
  await page.getByRole('tab', { name: '阶段看板' }).click()
  for (const { title, count, overdue } of columns) {
    const heading = page.getByRole('heading', { level: 3, name: new RegExp(`^${title}`) })
    if (count.value) await expect(heading.getByRole('link')).toHaveText(String(count.value))
    else if (overdue?.value) await expect(heading).toContainText('0')
    else await expect(page.locator('#main'), 'what is nought is named, and takes no room').toContainText(new RegExp(`种状态都是 0：.*${title}`))
  }
  for (const { name, current, figures } of stages) {
    const told = current || figures.some(({ value }) => value > 0)
    await expect(page.getByRole('heading', { level: 3, name: new RegExp(`^${name}`) })).toHaveCount(told ? 1 : 0)
    await expect(page.locator('#main')).toContainText(name)
  }
  await expect(page.getByRole('heading', { level: 3 }).filter({ hasText: '当前阶段' })).toHaveText(stages.filter(({ current }) => current).map(({ name }) => new RegExp(`^${name}`)))
  const full = columns.find(({ count }) => count.value > 0)?.title ?? ''
  await page.locator('section').filter({ has: page.getByRole('heading', { level: 3, name: new RegExp(`^${full}`) }) }).getByRole('list', { name: '最紧迫的几件' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/console\/cases\/[0-9a-f-]{36}$/)
  await page.context().close()
})

test('on a phone the bell opens what is new and leads to where it is done', async ({ browser }) => {
  const page = await signedIn(browser, 'leader-shuyang', PHONE)
  await page.getByRole('button', { name: /^新情况，\d+ 项没有看过$/ }).click()
  const news = page.getByRole('dialog', { name: '新情况' })
  await expect(news.getByRole('heading', { name: '还没看过的待办' })).toBeVisible()
  const elsewhere = news.locator('ul.list a:not([href="/console/"])').first()
  const to = (await elsewhere.getAttribute('href')) ?? ''
  expect(to).toMatch(/^\/console\/./)
  await elsewhere.click()
  await expect(page).toHaveURL(`${base()}${to}`)
  await expect(news).toBeHidden()
  await expect(page.locator('#main h1').first()).toBeVisible()
  await expect(page.locator('#main .problem')).toHaveCount(0)

  await page.getByRole('button', { name: /^新情况/ }).click()
  await news.getByRole('button', { name: '全部标为看过' }).click()
  await expect(news.getByText('没有新情况。')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: '新情况', exact: true })).toBeVisible()
  await page.context().close()
})
