import { LOGO } from '../../../../templates/mail/letter.tsx'
import type { Ctx } from '../../../context.ts'
import type { Letter } from '../../../mail/letters.ts'
import { contentsOf } from '../../../messages/letter-file.ts'

/** The HTML of a letter for a browser, which finds the logo in it rather than beside it. */
export async function htmlOf(ctx: Pick<Ctx, 'store'>, { html, files }: Letter): Promise<string> {
  const logo = files.find(({ purpose }) => purpose === 'logo')
  if (!logo) return html
  const content = (await contentsOf(ctx, [logo])).get(logo.id) ?? ''
  return html.replace(`cid:${LOGO}`, `data:${logo.type};base64,${content}`)
}
