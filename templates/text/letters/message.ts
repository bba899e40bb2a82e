import { spoken } from '../spoken.ts'

/** A message of the desk. Its subject and its words are the desk's own. */
export const message = spoken({
  ja: { message: { mark: '【お知らせ】', heading: '窓口からのお知らせ', opening: [] as string[] } },
  en: { message: { mark: '[Message]', heading: 'A message from the desk', opening: [] } },
})

/** The parts of a message, and how to get no more. */
export const messageWords = spoken({
  ja: {
    subject: '件名',
    body: '本文',
    title: 'お知らせの受け取り',
    text: 'このようなお知らせやアンケートを受け取らないときは、次のリンクから停止できます。予約の確認や変更のご連絡は、これからもお届けします。',
    open: '今後このようなお知らせを受け取らない',
  },
  en: {
    subject: 'Subject',
    body: 'Message',
    title: 'If you want no messages',
    text: 'Follow this link to stop such messages and surveys. Letters about your booking will still come.',
    open: 'Do not send me such messages again',
  },
})
