import type { RequestLetterKind } from '../../../src/base/letters.ts'
import { spoken } from '../spoken.ts'

type Words = { mark: string; heading: string; opening: string[] }

/** The link to the page of a request, while it is open. */
const PAGE = {
  ja: {
    title: 'お申し込みの確認・取り下げ',
    text: '次のリンクからできます。リンクはお申し込みの方だけのものです。ほかの人に知らせないでください。',
    open: 'お申し込みのページを開く',
  },
  en: {
    title: 'See or withdraw your request',
    text: 'Follow this link. It is yours alone: please do not pass it on.',
    open: 'Open your request',
  },
}

/** Letters to a firm about its request for an expert. */
export const request = spoken({
  ja: {
    subject: (mark: string, number: string) => `${mark}専門家への相談 受付番号 ${number}`,
    kinds: {
      asked: {
        mark: '【受付完了】',
        heading: '専門家への相談のお申し込みを受け付けました',
        opening: [
          '専門家への相談にお申し込みいただき、ありがとうございます。次の内容で受け付けました。',
          'ご希望に合う専門家を探します。まだ担当の専門家と日時は決まっていません。決まりましたら、メールでお知らせします。',
        ],
      },
      request_link: {
        mark: '【お申し込みの確認】',
        heading: 'すでにお申し込みを受け付けています',
        opening: [
          '同じ企業・団体から、専門家への相談のお申し込みがありました。次のお申し込みをすでに受け付けているため、新しいお申し込みは受け付けていません。',
          '続きは、次のリンクのページでご確認ください。お心当たりがないときは、そのままにしてください。',
        ],
      },
      request_withdrawn: {
        mark: '【取り下げ】',
        heading: 'お申し込みを取り下げました',
        opening: [
          '次の専門家への相談のお申し込みを取り下げました。',
          'もう一度相談したくなったときは、いつでも新しくお申し込みいただけます。',
        ],
      },
    } satisfies Record<RequestLetterKind, Words>,
    labels: {
      number: '受付番号',
      state: '状態',
      topics: '相談したいこと',
      formats: '相談の方法',
      wished: 'ご希望の日',
      visits: '今年度のご利用',
    },
    visits: (used: number, allowed: number) => `${allowed}回のうち${used}回`,
    page: PAGE.ja,
    again: { title: 'もう一度申し込む', text: '次のページからお申し込みいただけます。', open: '専門家に相談する' },
    phone: {
      title: 'お電話でのお問い合わせ',
      text: (number: string) =>
        `リンクが開けないときは、次の窓口にお電話ください。受付番号「${number}」をお伝えいただければ、状況を確認いたします。`,
    },
  },
  en: {
    subject: (mark, number) => `${mark} Advice of an expert, number ${number}`,
    kinds: {
      asked: {
        mark: '[Received]',
        heading: 'We have your request for an expert',
        opening: [
          'Thank you for asking for an expert. This is what you asked for.',
          'We now look for an expert who fits. No expert and no time are set yet. We will write to you when they are.',
        ],
      },
      request_link: {
        mark: '[Your request]',
        heading: 'We have a request of yours already',
        opening: [
          'Somebody of your organisation asked for an expert. We have the request below already, so we did not take a new one.',
          'The page of the link says how it stands. If it was not you, there is nothing to do.',
        ],
      },
      request_withdrawn: {
        mark: '[Withdrawn]',
        heading: 'Your request is withdrawn',
        opening: [
          'The request for an expert below is withdrawn.',
          'If you would like advice later, you can ask for an expert again at any time.',
        ],
      },
    },
    labels: {
      number: 'Number',
      state: 'State',
      topics: 'Topics',
      formats: 'How',
      wished: 'Days you wish',
      visits: 'Used this year',
    },
    visits: (used, allowed) => `${used} of ${allowed} consultations`,
    page: PAGE.en,
    again: { title: 'Ask again', text: 'You can ask for an expert on this page.', open: 'Ask for an expert' },
    phone: {
      title: 'By phone',
      text: (number) =>
        `If the link does not open, please call this desk and say your number ${number}. They can tell you how it stands.`,
    },
  },
})
