// A site that no tip told of is registered by those who may, and a page of another role is no form to fill in for nothing.
import { expect, test } from '@playwright/test'
import { choose, unit } from '../acts'
import { seriousOn } from '../axe'
import { newPlace } from '../found'
import { base, PHONE, signedIn } from '../people'

test('a dispatcher registers what a night raid has found', async ({ browser }) => {
  const place = newPlace('河堤下养殖场')
  const page = await signedIn(browser, 'dispatcher-city')
  await page.goto(`${base()}/console/cases`)
  await page.getByRole('button', { name: '登记点位（立案）' }).click()
  const dialog = page.getByRole('dialog', { name: '登记点位（立案）' })
  await expect(dialog).toContainText('立案不能撤销')
  await choose(page, dialog, '怎么发现的', '拉网式排查')
  await choose(page, dialog, '哪种排查', '突击夜查')
  await dialog.getByRole('textbox', { name: '案情摘要' }).fill('养殖场内有反应釜，夜里有人看守。联系 19900000077')
  await dialog.getByRole('textbox', { name: '地点' }).fill(place)
  await unit(page, dialog, '所在乡镇或村居', '胡集镇')
  expect(await seriousOn(page), 'a case to be opened').toEqual([])
  await dialog.getByRole('button', { name: '登记点位（立案）' }).click()
  await expect(dialog.getByText('案情摘要里像是写了手机号')).toBeVisible()
  await dialog.getByRole('textbox', { name: '案情摘要' }).fill('养殖场内有反应釜，夜里有人看守。')
  await dialog.getByRole('button', { name: '登记点位（立案）' }).click()
  await expect(page).toHaveURL(/\/console\/cases\/[0-9a-f-]{36}$/)
  await expect(page.locator('#main')).toContainText(place, { timeout: 60_000 })
  await page.context().close()
})

test('a page of another role says so before anything is filled in', async ({ browser }) => {
  const page = await signedIn(browser, 'handler-huji', PHONE)
  for (const place of ['/console/admin/units', '/console/call', '/console/assigning']) {
    await page.goto(`${base()}${place}`)
    await expect(page.locator('#main')).toContainText('看不到这一页')
    await expect(page.locator('#main').getByRole('link').first()).toBeVisible()
    expect(await page.locator('#main').getByRole('textbox').count(), place).toBe(0)
    expect(await seriousOn(page), place).toEqual([])
  }
  await page.context().close()
})
