// What was left undone until it reached discipline inspection is looked into: an inquiry is opened, decided upon by name, and closed.
import { expect, test, type Page } from '@playwright/test'
import { carriedOut, choose, opened } from '../acts'
import { seriousOn } from '../axe'
import { base, signedIn } from '../people'

const REASON = `督办、约谈以后仍未签收，需要查明责任（${Date.now()}）`
const BASIS = '《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》第九条'
const DECISION = '责令书面检查，全县通报。'
const LEADER = '演示·胡集镇负责人'

/** From the call that named discipline inspection to the file on it. */
async function opensOne(inspector: Page): Promise<void> {
  await inspector.goto(`${base()}/console/accountability?list=escalations&rung=referral`)
  await inspector.getByRole('textbox', { name: '地点、姓名或编号' }).fill('废弃养殖场')
  const referral = inspector.locator('ul.list > li').filter({ has: inspector.locator('.el-tag', { hasText: /^移送纪委监委/ }) }).filter({ has: inspector.locator('strong', { hasText: /^没有按期完成：签收$/ }) })
  await expect(referral).toContainText(LEADER)
  await expect(referral, 'what was looked into before stands there').toContainText('已立案并结案')
  await referral.getByRole('button', { name: '另行立案' }).click()
  const asked = inspector.getByRole('dialog', { name: '立案调查' })
  await expect(asked).toContainText(/立案后须.+作出决定并结案/)
  await expect(asked, 'what it is about stands where it is signed').toContainText('移送纪委监委：签收')
  await carriedOut(inspector, '立案调查', { words: { 立案理由: REASON }, signed: true })
  await referral.getByRole('link', { name: '打开事项' }).click()
  await expect(inspector).toHaveURL(/\/console\/cases\//)
}

/** Who answers is looked up in the directory; a decision has a basis. */
async function decides(inspector: Page): Promise<void> {
  const inquiry = inspector.locator('.inquiry').filter({ hasText: REASON })
  await expect(inquiry).toContainText('调查中')
  await expect(inquiry).toContainText('还没有作出决定。')
  await expect(inquiry.getByRole('button', { name: '结案' }), 'nothing is closed without a decision').toHaveCount(0)
  await inquiry.getByRole('button', { name: '作出决定' }).click()
  const dialog = inspector.getByRole('dialog', { name: '作出决定' })
  await expect(dialog).toContainText('决定写入问责档案，不能撤回')
  await choose(inspector, dialog, '对谁作出决定', '公职人员')
  const person = dialog.getByRole('combobox', { name: '从名册里选人' })
  await opened(person)
  await person.fill('胡集镇负责人')
  await inspector.getByRole('option', { name: LEADER }).click()
  await expect(dialog.getByRole('textbox', { name: '姓名' }), 'the directory knows the name').toHaveCount(0)
  expect(await seriousOn(inspector), 'a decision about somebody').toEqual([])
  await carriedOut(inspector, '作出决定', { words: { 依据的条款: BASIS, 决定内容: DECISION }, signed: true })
  await expect(inquiry).toContainText(`公职人员 ${LEADER}：${DECISION}`)
  await expect(inquiry).toContainText(BASIS)
}

test('the inspector opens an inquiry from a referral, decides it and closes it', async ({ browser }) => {
  const inspector = await signedIn(browser, 'inspector')
  await opensOne(inspector)
  await decides(inspector)

  await inspector.goto(`${base()}/console/accountability?list=inquiries&open=true`)
  const listed = inspector.locator('ul.list > li').filter({ hasText: REASON })
  await expect(listed).toContainText('调查中')
  await expect(listed).toContainText('期限')
  await listed.getByRole('button', { name: '结案' }).click()
  await expect(inspector.getByRole('dialog', { name: '结案' })).toContainText('结案后不能再追加决定')
  await carriedOut(inspector, '结案', { words: { 结案说明: '决定已送达本人。' }, signed: true })
  await expect(listed, 'it is open no longer').toHaveCount(0)

  await inspector.goto(`${base()}/console/accountability?list=inquiries`)
  await expect(listed).toContainText('已结案')
  await expect(listed).toContainText('胡集镇')
  await expect(listed).toContainText(`公职人员 ${LEADER}，${DECISION}（${BASIS}）`)
  await expect(listed.getByRole('button'), 'nothing is added afterwards').toHaveCount(0)
  await listed.getByRole('link', { name: '问责档案' }).click()
  await expect(inspector.locator('.inquiry').filter({ hasText: REASON })).toContainText('已结案')
})
