import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Format, Kind } from '../../src/base/vocabulary.ts'
import { type PageContext, siteName } from '../layout.tsx'
import { texts } from '../text/index.ts'

/** The sessions of a feed. Undefined is all. */
type Narrowed = { prefecture?: string | undefined; kind?: Kind | undefined; format?: Format | undefined }

/** The name of a feed: the site and the filter. */
export function feedName(frame: PageContext, { prefecture = '', kind, format }: Narrowed): string {
  const { locale } = frame
  const t = texts(locale)
  const parts = [prefectureByCode(prefecture)?.[locale], kind && t.kind[kind], format && t.format[format]]
  return [siteName(frame), ...parts.filter(Boolean)].join(' ')
}
