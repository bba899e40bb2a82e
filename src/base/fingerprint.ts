import { sha256 } from './token.ts'

/** Fingerprints of what a page or an answer showed, one for each choice on it. Undefined if there was no page. */
export type Shown = string | readonly string[] | undefined

/** Fields in the order of a page. Equal fields give equal fingerprints. */
export type ShownFields = readonly unknown[]

/**
 * What was typed into these fields of a form, for the fingerprint of the page that shows it. Padding and the absence of an
 * empty field make no difference.
 */
export function typedFields(given: unknown, names: readonly string[]): ShownFields {
  const fields = new Map<string, unknown>(Object.entries(given ?? {}))
  return names.map((name) =>
    [fields.get(name) ?? []]
      .flat()
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).trim())
      .filter((value) => value !== ''),
  )
}

/** The fingerprint of what is shown: 32 hexadecimal digits. */
export async function fingerprint(fields: ShownFields): Promise<string> {
  return (await sha256(JSON.stringify(fields))).slice(0, 32)
}

/** The fingerprints among the fields of a form or request, or undefined. */
export function shownIn(given: unknown): Shown {
  const shown = typeof given === 'object' && given !== null && 'shown' in given ? given.shown : undefined
  if (typeof shown === 'string') return shown
  return Array.isArray(shown) ? shown.filter((one) => typeof one === 'string') : undefined
}

/**
 * Whether the sender saw what is so now: one of these sets of fields. A sender without a fingerprint saw no page, so
 * nothing can differ.
 */
export async function isAsShown(shown: Shown, ...now: readonly ShownFields[]): Promise<boolean> {
  if (shown === undefined) return true
  const seen = [shown].flat()
  for (const fields of now) {
    if (seen.includes(await fingerprint(fields))) return true
  }
  return false
}
