import { expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

test('the desk reads of a session until when booking is open, and then since when it is closed', async () => {
  const s = await site()
  const staff = await signedIn(s, 'desk', '08')
  const terms = async () => {
    const { main } = await staff.page(`/desk/sessions/${MITO}`)
    const heads = main.querySelectorAll('dt').map((head) => head.text.trim())
    return heads.filter((head) => head === '受付の締め切り' || head === '受付終了')
  }
  expect(await terms()).toEqual(['受付の締め切り'])
  await s.run("update session set closes = 'business_days:5@15:00' where id = ?", MITO)
  s.at('2026-11-22T05:00:00.000Z')
  expect(await terms()).toEqual(['受付終了'])
})

test('everybody reads until when a booking can be cancelled only while it can', async () => {
  const s = await site()
  const heads = async () => {
    const { main } = await s.page(`/sessions/${MITO}`)
    return main.querySelectorAll('dt').map((head) => head.text.trim())
  }
  expect(await heads()).toContain('キャンセル期限')
  await s.run("update session set cancels = 'business_days:5@15:00' where id = ?", MITO)
  s.at('2026-11-22T05:00:00.000Z')
  expect(await heads()).toContain('申込期限')
  expect(await heads()).not.toContain('キャンセル期限')
})
