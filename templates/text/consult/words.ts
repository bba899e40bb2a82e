import type {
  AdviceFormat,
  Half,
  Organisation,
  RequestState,
  RequestTopic,
  Stage,
} from '../../../src/base/vocabulary.ts'
import { topics } from '../public/choices.ts'
import { spoken } from '../spoken.ts'

/** What a firm chooses when it applies for an expert, and the states of its request. */
export const words = spoken({
  ja: {
    topics: { ...topics.ja, management: '経営' } satisfies Record<RequestTopic, string>,
    formats: { online: 'WEB', phone: '電話', visit: '訪問' } satisfies Record<AdviceFormat, string>,
    formatsLong: {
      online: 'WEB会議で相談する',
      phone: '電話で相談する',
      visit: '会社に来てもらう（訪問）',
    } satisfies Record<AdviceFormat, string>,
    stages: {
      considering: '検討中',
      preparing: '準備中',
      trying: '試行中',
      introduced: '導入済み',
    } satisfies Record<Stage, string>,
    organisations: {
      company: '企業',
      sole: '個人事業',
      npo: 'NPO',
      municipality: '自治体',
    } satisfies Record<Organisation, string>,
    halves: { any: 'いつでも', morning: '午前', afternoon: '午後' } satisfies Record<Half, string>,
    states: {
      matching: '専門家を探しています',
      held: '確認中です',
      matched: '専門家が決まりました',
      advising: 'ご相談の途中です',
      finished: 'ご相談は終了しました',
      unmatched: 'ご案内できる専門家が見つかりませんでした',
      withdrawn: '取り下げられました',
    } satisfies Record<RequestState, string>,
    comma: '、',
  },
  en: {
    topics: { ...topics.en, management: 'Management' },
    formats: { online: 'Web', phone: 'Phone', visit: 'Visit' },
    formatsLong: {
      online: 'By web meeting',
      phone: 'By phone',
      visit: 'By a visit to us',
    },
    stages: {
      considering: 'Thinking about it',
      preparing: 'Preparing',
      trying: 'Trying it out',
      introduced: 'In use',
    },
    organisations: {
      company: 'Company',
      sole: 'Sole proprietor',
      npo: 'Non-profit organisation',
      municipality: 'Municipality',
    },
    halves: { any: 'Any time', morning: 'Morning', afternoon: 'Afternoon' },
    states: {
      matching: 'We are looking for an expert',
      held: 'We are checking your request',
      matched: 'Your expert is found',
      advising: 'Your consultation is under way',
      finished: 'Your consultation is finished',
      unmatched: 'We found no expert for you',
      withdrawn: 'Your request is withdrawn',
    },
    comma: ', ',
  },
})
