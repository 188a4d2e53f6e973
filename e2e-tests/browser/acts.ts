// How a command is given on a page: its button, its dialog, its fields by their labels, the signature, and that it was taken.
import { expect, type Locator, type Page } from '@playwright/test'
import { photo } from './photo'

const password = (): string => process.env.MINGCHA_PASSWORD ?? ''

/** What is typed, chosen or shown, by the label of the field. */
export interface Answers {
  words?: Record<string, string>
  choose?: Record<string, string>
  unit?: Record<string, string>
  photos?: string[]
  signed?: boolean
}

/** Presses the button of that name and carries the command out. */
export async function command(page: Page, title: string, answers: Answers = {}): Promise<void> {
  await page.getByRole('button', { name: title, exact: true }).first().click()
  await carriedOut(page, title, answers)
}

/** Fills in the dialog that has opened and presses its button, which says the same unless told otherwise. */
export async function carriedOut(page: Page, title: string, answers: Answers = {}, button = title): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog).toBeVisible()
  for (const [label, choice] of Object.entries(answers.choose ?? {})) await choose(page, dialog, label, choice)
  for (const [label, text] of Object.entries(answers.words ?? {})) await dialog.getByRole('textbox', { name: label, exact: true }).fill(text)
  for (const [label, typed] of Object.entries(answers.unit ?? {})) await unit(page, dialog, label, typed)
  for (const label of answers.photos ?? []) await shows(dialog.getByRole('group', { name: label, exact: true }))
  if (answers.signed) await dialog.locator('input[type=password]').fill(password())
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** Adds a new photo and waits until it has arrived. */
export async function shows(photos: Locator): Promise<void> {
  await photos.locator('input[type=file]').last().setInputFiles(photo())
  await expect(photos.getByText('已上传')).toBeVisible()
}

/** One of few that lie open, or of many in a box. */
export async function choose(page: Page, dialog: Locator, label: string, choice: string): Promise<void> {
  const few = dialog.getByRole('radiogroup', { name: label })
  if (await few.count()) {
    await few.getByText(choice, { exact: true }).click()
    return
  }
  await opened(dialog.getByRole('combobox', { name: label }))
  await page.getByRole('option', { name: choice }).click()
}

/** The library lays what is chosen over the field itself. */
export async function opened(box: Locator): Promise<void> {
  await box.locator('xpath=ancestor::div[contains(@class, "el-select__wrapper")]').click()
}

export async function unit(page: Page, dialog: Locator, label: string, typed: string): Promise<void> {
  const box = dialog.getByRole('combobox', { name: label })
  await opened(box)
  await box.fill(typed)
  await page.getByRole('treeitem', { name: typed }).getByText(typed, { exact: false }).last().click()
}
