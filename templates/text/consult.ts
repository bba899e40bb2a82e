import type { Locale } from '../../src/base/locale.ts'
import { enterRequest } from './consult/enter.ts'
import { form } from './consult/form.ts'
import { requestList } from './consult/list.ts'
import { requestPage } from './consult/page.ts'
import { words } from './consult/words.ts'
import { inEveryLanguage } from './spoken.ts'

const all = inEveryLanguage((locale) => ({
  ...words[locale],
  enter: enterRequest[locale],
  form: form[locale],
  page: requestPage[locale],
  list: requestList[locale],
}))

/** Every sentence about requests for an expert, in one language. */
export type ConsultTexts = (typeof all)[Locale]

/** Returns the sentences about requests for an expert in a language. */
export function consultTexts(locale: Locale): ConsultTexts {
  return all[locale]
}
