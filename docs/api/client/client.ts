import createClient, { type Client, type ClientOptions } from 'openapi-fetch'
import type { components, paths } from './schema.d.ts'

/** A session as the API answers it. */
export type Session = components['schemas']['Session']

/** What an application for a place holds. */
export type Application = components['schemas']['BookInput']

/** A client of the API with the types of its paths, inputs and answers. */
export type Madoguchi = Client<paths>

/**
 * Makes a client of the house at an address, such as `https://madoguchi.example.jp`. With the key of a partner it reads
 * and books for the desk of the key; without one as everybody may. `options` are those of `openapi-fetch`.
 */
export function madoguchi(address: string, { key, ...options }: ClientOptions & { key?: string } = {}): Madoguchi {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return createClient<paths>({
    ...options,
    baseUrl: `${address.replace(/\/$/, '')}/api/v1`,
    headers: { ...authorization, ...options.headers },
  })
}

/** The token of a booking, from its private link. It opens that booking alone. */
export function tokenOf(manageUrl: string): string {
  return manageUrl.split('/b/')[1] ?? ''
}
