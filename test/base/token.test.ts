import { expect, test } from 'vitest'
import { seal, unseal } from '../../src/base/token.ts'

test('what is sealed is read under any of our secrets, and by nobody else', async () => {
  const sealed = await seal('old', '髙橋 太郎', 'desk 1')
  expect(sealed).toMatch(/^[\w-]+$/)
  expect(await unseal(['new', 'old'], sealed, 'desk 1')).toBe('髙橋 太郎')
  expect(await unseal(['new'], sealed, 'desk 1')).toBeNull()
  expect(await unseal(['old'], sealed, 'desk 2')).toBeNull()
  const changed = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1)
  for (const other of ['', 'x', changed, `${sealed}AAAA`, '%00', 'あ'.repeat(50)]) {
    expect(await unseal(['new', 'old'], other, 'desk 1')).toBeNull()
  }
  expect(await seal('old', '髙橋 太郎', 'desk 1')).not.toBe(sealed)
})
