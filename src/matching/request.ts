import type { ShownFields } from '../base/fingerprint.ts'
import { tokenColumns, tokenUnder } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import type { RequestRow } from '../store/schema.ts'

const linkText = (id: string, version: number) => `${id}.request.${version}`

/** The columns of a request's link: version `version`, under the secret now in service. */
export async function requestLinkColumns(
  ctx: Pick<Ctx, 'config'>,
  id: string,
  version: number,
): Promise<Pick<RequestRow, 'token_version' | 'token_hash' | 'secret_id'>> {
  return { token_version: version, ...(await tokenColumns(ctx.config.secrets, linkText(id, version))) }
}

/** The token of a request's link. Returns null if the secret it was made under is out of service. */
export async function requestToken(
  ctx: Pick<Ctx, 'config'>,
  { id, token_version, secret_id }: Pick<RequestRow, 'id' | 'token_version' | 'secret_id'>,
): Promise<string | null> {
  return tokenUnder(ctx.config.secrets, secret_id, linkText(id, token_version))
}

/** A request as its firm sees it before an act on it. */
export function requestFields(request: Pick<RequestRow, 'id' | 'state' | 'hold' | 'sequence'>): ShownFields {
  const { id, state, hold, sequence } = request
  return ['request', id, state, hold, sequence]
}
