import { MITO } from '../world.ts'
import { type Site, site } from './app.ts'

/** Every slot of the day in Mito. */
export const SLOTS = ['1000', '1100', '1300', '1400', '1500'].map((time) => `${MITO}-${time}`)

/** A booking with its token. */
export type Held = Awaited<ReturnType<Site['booked']>>

/** A site on which every slot in Mito has one booking, which makes the day full. */
export async function fullDay(): Promise<{ s: Site; holders: Held[] }> {
  const s = await site()
  const holders: Held[] = []
  for (const slot of SLOTS) holders.push(await s.booked({ slot }))
  return { s, holders }
}
