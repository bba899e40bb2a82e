import { spoken } from '../spoken.ts'

/** The printed list of a day. */
export const daySheet = spoken({
  ja: {
    sheetTitle: '受付簿',
    sheetColumns: {
      time: '時間',
      number: '受付番号',
      who: 'お名前',
      people: '人数',
      format: '形式',
      phone: '電話番号',
      came: '参加',
      memo: 'メモ',
    },
    printed: (at: string) => `${at}現在`,
  },
  en: {
    sheetTitle: 'Day sheet',
    sheetColumns: {
      time: 'Time',
      number: 'Number',
      who: 'Name',
      people: 'People',
      format: 'Format',
      phone: 'Phone',
      came: 'Attended',
      memo: 'Note',
    },
    printed: (at) => `As of ${at}`,
  },
})
