// That every text people read stands in src/texts: no other file says anything in Chinese, besides its comments.
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it, vi } from 'vitest'
import { parse } from 'vue/compiler-sfc'

vi.setConfig({ testTimeout: 60_000 })

/** What stays where it is, to the letter. */
const ALLOWED: ReadonlyArray<{ file: string; why: string; pieces: readonly string[] }> = [
  { file: 'shell/Shell.vue', why: 'the seal is a picture of two characters', pieces: ['明<br>察'] },
  { file: 'shell/SignIn.vue', why: 'the seal is a picture of two characters', pieces: ['明<br>察'] },
  { file: 'format.ts', why: 'drops a space after a day within a sentence of others', pieces: [String.raw`/(日)[ \u00a0](?=[\u4e00-\u9fff])/g`] },
  { file: 'shell/newsPages.ts', why: 'knows the kind of answer by the title that the services wrote', pieces: ["'督导问题'", "'联席会议任务'"] },
  { file: 'pages/intake/places.ts', why: 'shortens the names of places', pieces: ['/(自治县|街道办事处|街道|居委会|村委会|社区|新区|县|区|镇|乡|村)$/'] },
  { file: 'pages/oversight/replay.ts', why: 'reads what the services said of a step', pieces: ["'（无）'", "'无'", String.raw`/·第 \d+ 项$/`, String.raw`/第 \d+ 项/`, String.raw`/^(已受理)[ ：，]案件[ ：][0-9a-f]{8}…$/`] },
]
const HAN = /\p{Script=Han}/u

/** Spaces in place of what is matched; lines stay lines. */
function blank(text: string, what: RegExp | string): string {
  return text.replaceAll(what, (found) => found.replace(/[^\n]/g, ' '))
}
/** Comments stand only between words and literals: whatever looks like one within a literal is a text. */
function withoutComments(code: string): string {
  const source = ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true)
  let [said, at] = ['', 0]
  const read = (node: ts.Node): void => {
    if (!ts.isToken(node)) return ts.forEachChild(node, read)
    said += blank(code.slice(at, node.getStart(source)), /\/\*[\s\S]*?\*\/|\/\/.*/g) + node.getText(source)
    at = node.getEnd()
  }
  read(source)
  return said
}
/** What a file says without its comments, each line where it was. */
function saidIn(name: string, text: string): string {
  if (!name.endsWith('.vue')) return withoutComments(text)
  const { script, scriptSetup, template, styles, customBlocks } = parse(text, { filename: name, sourceMap: false, ignoreEmpty: false }).descriptor
  let said = blank(text, /[\s\S]+/g)
  for (const block of [script, scriptSetup, template, ...styles, ...customBlocks]) {
    if (!block) continue
    const { start, end } = block.loc
    const content = block.type === 'script' ? withoutComments(block.content) : blank(block.content, block.type === 'style' ? /\/\*[\s\S]*?\*\//g : /<!--[\s\S]*?-->/g)
    said = said.slice(0, start.offset) + content + said.slice(end.offset)
  }
  return said
}
/** Each line of a file that says something in Chinese, by its number. */
function offenders(name: string, text: string, allowed: readonly string[] = []): string[] {
  const left = allowed.reduce(blank, saidIn(name, text))
  return left.split('\n').flatMap((line, index) => (HAN.test(line) ? [`${name}:${index + 1}: ${text.split('\n')[index]?.trim()}`] : []))
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(vue|ts)$/.test(file) && !file.startsWith('texts/') && file !== 'api/schema.d.ts').sort()
const textOf = (file: string) => readFileSync(`src/${file}`, 'utf8')

describe('the catalogue of texts', () => {
  it('has every text in Chinese that people read', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap((file) => offenders(`src/${file}`, textOf(file), ALLOWED.find((one) => one.file === file)?.pieces))).toEqual([])
  })
  it('makes no exception that is no longer needed', () => {
    const gone = ALLOWED.flatMap(({ file, pieces }) => pieces.filter((piece) => !saidIn(file, textOf(file)).includes(piece)).map((piece) => `${file}: ${piece}`))
    expect(gone).toEqual([])
  })
})

/** The names of texts in the catalogue's fixed objects; words by code are looked up by that. */
function named(file: string): Array<{ of: string; name: string }> {
  const source = ts.createSourceFile(file, readFileSync(`src/texts/${file}`, 'utf8'), ts.ScriptTarget.Latest, true)
  const objects = source.statements.filter(ts.isVariableStatement).flatMap((one) => [...one.declarationList.declarations])
  return objects.flatMap(({ name: of, initializer }) => {
    if (!initializer || !ts.isAsExpression(initializer) || !ts.isObjectLiteralExpression(initializer.expression)) return []
    return initializer.expression.properties.flatMap(({ name }) => (name ? [{ of: of.getText(source), name: name.getText(source) }] : []))
  })
}
describe('every text of the catalogue', () => {
  it('is shown somewhere', () => {
    const code = files.map(textOf).join('\n') + readFileSync('src/texts/pages.ts', 'utf8')
    const texts = readdirSync('src/texts').flatMap((file) => named(file).map((one) => ({ file, ...one })))
    expect(texts.length).toBeGreaterThan(500)
    // Days are called by their kind.
    const byKind = ['calendar.workday']
    expect(texts.filter(({ of, name }) => !byKind.includes(`${of}.${name}`) && !new RegExp(`\\.${name}\\b`).test(code)).map(({ file, of, name }) => `${file}: ${of}.${name}`)).toEqual([])
  })
})

describe('a comment', () => {
  const lines = (name: string, ...text: string[]) => offenders(name, text.join('\n')).map((one) => Number(one.split(':')[1]))
  it('is told from a text in code', () => {
    expect(lines('a.ts', '// 注', '/** 注', ' * 注 */', 'const quote = /[\'"`]/ // 注', 'function none() { /* 注 */ }', 'const link = `http://${1 /* 注 */}/` // 注')).toEqual([])
    expect(lines('a.ts', "const a = '// 文'", 'const b = `/* ${1} 文 */`', '// 注', 'const c = /\\/* 文/', "/* 注 */ const d = '文'", 'const e = `${`//${1}`}', '文`')).toEqual([1, 2, 4, 5, 7])
  })
  it('is told from a text in a component', () => {
    const script = ['<!-- 注 -->', '<script setup lang="ts">', "const a = '<!--' // 注", "const b = '文 -->'", '</script>']
    const template = ['<template>', '  <!-- 注', '  注 -->', '  <a href="https://a.b" title="文">//文</a><!-- 注 -->', '  <b :title="`文`">{{ "/* 文 */" }}</b>', '</template>']
    const style = ['<style scoped>', '/* 注', '注 */ a::after { content: "文"; } /* 注 */', '</style>']
    expect(lines('a.vue', ...script, ...template, ...style)).toEqual([4, 9, 10, 14])
  })
})
