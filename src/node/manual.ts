import { readdirSync, readFileSync } from 'node:fs'
import { Marked, type Tokens } from 'marked'
import type { Manual } from '../../templates/desk/manual/page.tsx'

const TEXT = new URL('../../docs/manual.ja.md', import.meta.url)
const PICTURES = new URL('../../docs/manual/', import.meta.url)

/** The pictures of the manual: their names as assets, and their files. */
export function manualPictures(): [name: string, path: URL][] {
  return readdirSync(PICTURES)
    .filter((name) => name.endsWith('.png'))
    .map((name) => [`manual-${name}`, new URL(name, PICTURES)])
}

/** The width and height of a PNG in pixels, from its header. */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  const header = new DataView(png.buffer, png.byteOffset)
  return { width: header.getUint32(16), height: header.getUint32(20) }
}

/**
 * The manual as HTML, with its chapters. `pictures`: their bytes and addresses by name. Throws for a picture that does not
 * exist.
 */
export function renderManual(pictures: ReadonlyMap<string, { body: Uint8Array; address: string }>): Manual {
  const chapters: Manual['chapters'] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const text = this.parser.parseInline(tokens)
        if (depth === 1) return ''
        if (depth > 2) return `<h3>${text}</h3>\n`
        const id = `chapter-${chapters.length + 1}`
        chapters.push({ id, title: this.parser.parseInline(tokens, this.parser.textRenderer) })
        return `<h2 id="${id}">${text}</h2>\n`
      },
      image({ href, text }: Tokens.Image) {
        const picture = pictures.get(href.replace(/^manual\//, 'manual-'))
        if (!picture) throw new Error(`the manual has no picture ${href}`)
        const { width, height } = sizeOf(picture.body)
        return `<img src="${picture.address}" alt="${text}" width="${width}" height="${height}">`
      },
    },
  })
  const html = marked.parse(readFileSync(TEXT, 'utf8'), { async: false })
  return { html, chapters }
}
