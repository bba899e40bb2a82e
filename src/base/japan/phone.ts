import { narrow, narrowDigits } from './width.ts'

/** Numbers that can be dialled only in Japan: 0120 and 0800 free dial, 0570 navi dial. */
const DOMESTIC_ONLY = /^0(?:120|800|570)/

/** What stands before a number: `TEL`, `☎`, `代表`, `(携帯)`. */
const LABEL =
  /^(?:\s*\(?(?:[☎☏✆📞📱]\uFE0F?|tel|phone|mobile|cell|電話(?:番号)?|携帯(?:電話)?|直通|代表|自宅|勤務先|会社)\)?[\s.:]*)+/iu
/** What stands after it: the mark of a switchboard `(代)`, or whose telephone it is, as `(携帯)`. */
const SWITCHBOARD = /\s*(?:\(\s*[^()0-9]{1,20}\)|代表?|直通|携帯|自宅)\s*$/u
/** An extension at the end: `内線123`, `内線12-3`, `(内)123`, `ext. 123`, `x123`, `#123`. */
const EXTENSION =
  /[\s,、;]*[([]?\s*(?:内線(?:番号)?|\(内線?\)|内|extension|extn?|x|#)[\s.:=-]*([0-9](?:-?[0-9]){0,7})\s*番?\s*[)\]]?\s*$/iu

/** The number and the digits of its extension, in half width, without labels. */
function parts(text: string): { number: string; extension: string | null } {
  const typed = narrow(text).replace(LABEL, '').replace(SWITCHBOARD, '')
  const extension = EXTENSION.exec(typed)?.[1] ?? null
  return { number: typed.replace(EXTENSION, '').replace(SWITCHBOARD, ''), extension }
}

/** A telephone as people read it: as typed, in half width. Words beside it, as 内線 or コール, stay. */
export function phoneText(typed: string): string {
  return narrowDigits(typed).replace(/\s+/g, ' ').trim()
}

/** The first of several telephones in one text, with its extension. A comma before an extension divides nothing. */
function firstOf(text: string): string {
  const [first = ''] = narrow(text).split(/[・/]|[,、](?!\s*[([]?\s*(?:内|ext|x|#))/i)
  return first.trim()
}

/**
 * The first telephone of a text, for programs. The number has digits and hyphens, from 0 on. The extension (内線) has
 * digits. Null if there is none. Labels and the mark of a switchboard are left out.
 */
export function plainPhone(text: string): { number: string; extension: string | null } | null {
  const { number, extension } = parts(firstOf(text))
  const local = number
    .trim()
    .replace(/^\+81[- ]?\(?0?\)?/, '0')
    .replaceAll('.', '-')
  return /^0[-\d() ]{8,}$/.test(local) ? { number: local, extension: extension?.replaceAll('-', '') ?? null } : null
}

/** The digits of the extension (内線) in a telephone as typed, or null. */
export function extensionDigits(text: string): string | null {
  return parts(text).extension?.replaceAll('-', '') ?? null
}

/**
 * The digits of one Japanese telephone number, for matching. Width, hyphens, brackets, dots and spaces are ignored. So
 * are an extension (内線, 内, ext.), the mark of a switchboard (代) and whose number it is (携帯, ☎). A leading +81 or +81(0)
 * becomes 0. Returns null unless 10 or 11 digits remain that begin with 0. Two numbers printed together
 * (`03-6230-1695・1693`) therefore return null. Does not check whether the number is assigned.
 */
export function phoneDigits(text: string): string | null {
  const digits = parts(text)
    .number.replace(/[\s\-().[\]\p{Cf}]/gu, '')
    .replace(/^\+810?/, '0')
  return /^0[0-9]{9,10}$/.test(digits) ? digits : null
}

/**
 * A `tel:` link (RFC 3966) for one number, with its extension. The leading 0 becomes +81, so that the link also works
 * from abroad. 0120, 0800 and 0570 stay as they are: they cannot be dialled from abroad. Any other text keeps its digits
 * and its leading +.
 */
export function telHref(phone: string): string {
  const digits = phoneDigits(phone)
  if (digits === null) return `tel:${narrow(phone).replace(/(?!^\+)[^0-9]/g, '')}`
  const { extension } = parts(phone)
  const more = extension === null ? '' : `;ext=${extension}`
  return DOMESTIC_ONLY.test(digits) ? `tel:${digits}${more}` : `tel:+81${digits.slice(1)}${more}`
}

/** Whether the digits of a number are those of a mobile telephone: 070, 080 or 090. 0800 is a free dial. */
export function isMobile(digits: string): boolean {
  return /^0[789]0[1-9][0-9]{7}$/.test(digits)
}

/** The digits of a number in international form (E.164), for gateways: `+819012345678`. */
export function internationalDigits(digits: string): string {
  return `+81${digits.slice(1)}`
}
