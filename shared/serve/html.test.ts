import { expect, test } from 'vitest'
import { html } from './html.ts'

test('what is put in stays text, between tags and in an attribute', () => {
  const name = `<img src=x onerror="alert('&')">`
  const escaped = '&#60;img src=x onerror=&#34;alert(&#39;&#38;&#39;)&#34;&#62;'
  expect(String(html`<p title="${name}">${name}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`)
})

test('what html made is put in as it is, alone or as a list, and nothing is nothing', () => {
  const names = ['<1>', 2].map((name) => html`<i>${name}</i>`)
  expect(String(html`<b>${names}</b>`)).toBe('<b><i>&#60;1&#62;</i><i>2</i></b>')
  expect(String(html`<b>${undefined}${false}${names[1]}</b>`)).toBe('<b><i>2</i></b>')
})
