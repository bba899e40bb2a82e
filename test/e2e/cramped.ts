import type { Page } from 'playwright-core'

/** What stays on one line in lists and tables, also typed in full width. */
const WHOLE = {
  telephone: '[0-9０-９]{2,5}[-－−‐ー(（][0-9０-９]{1,4}[-－−‐ー)）][0-9０-９]{3,4}',
  number: String.raw`[A-Z]{2}-\d{4}-\d{2,}`,
  date: String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([日月火水木金土]\))?`,
  'English date': String.raw`(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?`,
  hours: String.raw`\d{1,2}:\d{2}[〜–]\d{1,2}:\d{2}`,
  count: String.raw`[\d,]+(?:名|件|枠|回)`,
}

/** Words that people typed, and a letter as text, break as they come. */
const TYPED = 'pre, .typed, .memo, textarea, option, script, .sr'

const BROKEN = `(() => {
  const wrong = []
  const kinds = ${JSON.stringify(WHOLE)}
  const lists = document.querySelectorAll('main :is(td, th, dd, .row, .plain li)')
  const seen = new Set()
  for (const list of lists) {
    const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (seen.has(node) || node.parentElement.closest(${JSON.stringify(TYPED)})) continue
      seen.add(node)
      for (const [kind, pattern] of Object.entries(kinds)) {
        for (const found of node.data.matchAll(new RegExp(pattern, 'g'))) {
          const range = document.createRange()
          range.setStart(node, found.index)
          range.setEnd(node, found.index + found[0].length)
          const lines = new Set([...range.getClientRects()].filter((one) => one.width > 1).map((one) => Math.round(one.top)))
          if (lines.size > 1) wrong.push(kind + ' on two lines: ' + found[0])
        }
      }
    }
  }
  return wrong
})()`

const TOUCHING = `(() => {
  const wrong = []
  for (const one of document.querySelectorAll('main :is(a, button)')) {
    const next = one.nextSibling
    if (!(next instanceof Element) || next.textContent.trim() === '') continue
    const [from, to] = [[...one.getClientRects()].at(-1), next.getClientRects()[0]]
    if (!from || !to || to.width < 2 || getComputedStyle(next).position === 'absolute') continue
    if (Math.abs(to.left - from.right) < 2 && to.top < from.bottom && from.top < to.bottom) {
      wrong.push('touches: ' + one.textContent + ' | ' + next.textContent)
    }
  }
  return wrong
})()`

const UNEVEN = `(() => {
  const wrong = []
  for (const box of document.querySelectorAll('main label :is([type=checkbox], [type=radio])')) {
    const { top, height } = box.getBoundingClientRect()
    if (height === 0) continue
    const rects = []
    const walker = document.createTreeWalker(box.closest('label'), NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() === '' || node.parentElement.closest('.sr')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      rects.push(...[...range.getClientRects()].filter((one) => one.width > 1))
    }
    if (rects.length === 0) continue
    const first = rects[0]
    const bottom = Math.max(...rects.map((one) => one.bottom))
    const centre = top + height / 2
    const off = Math.min(Math.abs(centre - (first.top + first.bottom) / 2), Math.abs(centre - (first.top + bottom) / 2))
    if (off > 3) wrong.push('box beside its words by ' + Math.round(off) + ': ' + box.closest('label').textContent.trim())
  }
  return wrong
})()`

/** Boxes above or below the middle of their words. */
export async function uneven(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(UNEVEN)
}

/**
 * Telephone numbers, receipt numbers, dates, hours and counts of lists on two lines, links or buttons that touch what
 * stands beside them, and boxes above or below the middle of their words.
 */
export async function cramped(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const script of [BROKEN, TOUCHING]) found.push(...(await page.evaluate<string[]>(script)))
  return [...found, ...(await uneven(page))]
}

const SQUEEZED = `(() => {
  const wrong = []
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim()
    if (text.length < 2 || node.parentElement.closest('script, style, .sr, svg, option')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter((one) => one.width > 1 && one.height > 1)
    const lines = new Set(rects.map((one) => Math.round(one.top))).size
    if (lines > 1 && text.length / lines < 2) wrong.push('squeezed: ' + text)
  }
  return wrong
})()`

/** Texts with fewer than two characters a line. */
export function squeezed(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(SQUEEZED)
}
