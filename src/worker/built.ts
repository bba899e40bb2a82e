import type { Asset } from '../http/env.ts'
import type { Bindings } from './bindings.ts'

/** What `npm run build:assets` writes beside the assets, because an isolate has no disk. */
export type Built = { assets: Record<string, Pick<Asset, 'type' | 'tag'>>; migrations: string[] }

const HOME = 'https://assets.invalid'

/** Reads the build: assets with their tags, fetched when needed, and the names of the migrations. */
export async function readBuilt({ ASSETS }: Pick<Bindings, 'ASSETS'>) {
  const fetched = async (name: string) => {
    const answer = await ASSETS.fetch(`${HOME}/${name}`)
    if (!answer.ok) throw new Error(`the build has no ${name}: ${answer.status}`)
    return answer
  }
  const built = (await (await fetched('built.json')).json()) as Built
  const assets = Object.entries(built.assets).map(([name, { type, tag }]): [string, Asset] => [
    name,
    { type, tag, body: async () => new Uint8Array(await (await fetched(name)).arrayBuffer()) },
  ])
  return { assets: new Map(assets), migrations: built.migrations.map((name) => ({ name })) }
}
