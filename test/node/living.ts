import { booked } from '../booking/fixtures.ts'
import { application, MITO, world } from '../world.ts'
import { freshDatabase } from './server.ts'

/** A database in use: bookings with names that are hard to copy, and letters about them. */
export async function living() {
  const path = freshDatabase()
  const w = await world({ on: path, seeded: true })
  const hard = {
    name: `髙﨑 𠮷郎😀`,
    company: "O'Hara's; drop table booking; -- 合同会社",
    message: '一行目\n二行目 " \\ ',
  }
  await booked(w, application(hard))
  await booked(w, application({ slot: `${MITO}-1100`, waitlist: true }))
  return { path, w }
}
