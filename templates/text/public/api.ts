import { spoken } from '../spoken.ts'

/** The page of the API. */
export const apiDocs = spoken({
  ja: {
    title: 'API',
    lead: '日程の検索と予約を、プログラムから行うためのAPIです。',
  },
  en: {
    title: 'API',
    lead: 'For programs: search dates and book them.',
  },
})

/** The refusals of the API. */
export const api = spoken({
  ja: {
    apiInvalid: '送られた値に、正しくないものがあります',
    apiBody: 'JSON のオブジェクトとして読み取れませんでした',
    apiQuery: (name: string) => `${name} の値は使えません。/api/docs をご覧ください。`,
    apiKey: 'Idempotency-Key には、16文字以上200文字までの、ほかのお申し込みに使っていない値を付けてください',
  },
  en: {
    apiInvalid: 'Some of the values are not valid',
    apiBody: 'This could not be read as a JSON object',
    apiQuery: (name) => `${name} has a value that cannot be used; see /api/docs`,
    apiKey: 'Idempotency-Key must have 16 to 200 characters and not have been used for another application',
  },
})
