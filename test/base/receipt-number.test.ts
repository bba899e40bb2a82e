import { expect, test } from 'vitest'
import { receiptNumber } from '../../src/base/receipt-number.ts'

test.each([
  'IB-1127-03',
  'ib112703',
  'ＩＢ１１２７０３',
  'IB 1127 03',
  'ib-1127-3',
  'IB1127-03',
  'IBー1127ー3',
  ' IB－1127－003 ',
  'IB11273',
  '受付番号 IB-1127-03',
  '受付番号：IB-1127-03',
  '受付番号IB1127-3',
  '予約番号　ＩＢ－１１２７－０３',
  'No. IB-1127-03',
  'Receipt number: IB-1127-03',
])('%s is IB-1127-03', (typed) => {
  expect(receiptNumber(typed)).toBe('IB-1127-03')
})

test.each([
  ['IB-0105-12', 'IB-0105-12'],
  ['ib-105-12', 'IB-0105-12'],
  ['TO1127103', 'TO-1127-103'],
  ['taro', 'TARO'],
  ['NO-1127-3', 'NO-1127-03'],
  ['', ''],
])('%s is %s', (typed, read) => {
  expect(receiptNumber(typed)).toBe(read)
})
