import type { Locale } from '../../src/base/locale.ts'
import type { QuestionKind } from '../../src/base/vocabulary.ts'
import { inEveryLanguage, spoken } from './spoken.ts'

/** What the people who book are asked besides their own fields. */
const asked = spoken({
  ja: {
    title: 'この回についての質問',
    companions: '同行される方のお名前',
    companionsHelp: 'お申し込みの方のほかに来られる方を、1行に1名ずつご記入ください。',
    support: '多言語・配慮',
    supportLead: '通訳や設備が必要な方は、お知らせください。ご用意できるか、窓口からご連絡することがあります。',
    needs: {
      interpreter: '通訳が必要な言語',
      wheelchair: '車いすで参加する',
      captions: '字幕・文字での案内を希望する',
      sign_language: '手話通訳を希望する',
      other: 'そのほかに必要な配慮',
    },
    supportKinds: '必要な配慮',
    interpreterHelp: '例：英語、ベトナム語',
    interpreterFor: (language: string) => `通訳（${language}）`,
    yes: 'はい',
    noAnswer: '答えない',
    several: 'いくつでも選べます',
    between: '、',
    pair: (label: string, answer: string) => `${label}：${answer}`,
  },
  en: {
    title: 'Questions about this session',
    companions: 'Names of those who come with you',
    companionsHelp: 'One name a line, without your own.',
    support: 'Languages and support',
    supportLead: 'If you need an interpreter or other support, please say so. The desk may call you about it.',
    needs: {
      interpreter: 'Language of an interpreter',
      wheelchair: 'I come in a wheelchair',
      captions: 'I need captions or written guidance',
      sign_language: 'I need a sign language interpreter',
      other: 'Other support',
    },
    supportKinds: 'Support needed',
    interpreterHelp: 'Example: Vietnamese',
    interpreterFor: (language) => `interpreter (${language})`,
    yes: 'yes',
    noAnswer: 'no answer',
    several: 'Choose as many as you like',
    between: ', ',
    pair: (label, answer) => `${label}: ${answer}`,
  },
})

/** The page on which a desk writes its questions. */
const editor = spoken({
  ja: {
    title: '申込時の質問',
    of: (name: string) => `申込時の質問（${name}）`,
    lead: 'お申し込みの画面と電話予約の画面に、ここの質問が加わります。答えは、予約のページ、受付簿、確認メール、台帳の書き出しに載ります。',
    inherited: '定期開催の質問（この回でもたずねます）',
    own: 'この回だけの質問',
    none: '質問はまだありません。',
    add: '質問を追加する',
    edit: '質問を訂正する',
    up: '上へ',
    down: '下へ',
    retire: 'たずねるのをやめる',
    retired: 'たずねるのをやめた質問',
    restore: 'もう一度たずねる',
    remove: '削除する',
    required: '必須',
    optional: '任意',
    labels: {
      kind: '答え方',
      label_ja: '質問（日本語）',
      label_en: '質問（英語）',
      required: '必須',
      options: '選択肢',
    },
    requiredTick: '答えがないと申し込めないようにする',
    requiredHelp: '電話予約の画面では、空のままでも登録できます。',
    labelNeeded: '「同行者の氏名」のほかは必須',
    labelHelp: '「同行者の氏名」では、空のままでかまいません。',
    enHelp: '空のときは、日本語の質問を表示します。',
    optionsHelp:
      '1行に1つ。「日本語 | 英語」のように書くと、英語の画面では英語を表示します。選ぶ答え方のときだけ使います。',
    kinds: {
      text: '短い文章',
      choice: '1つ選ぶ',
      choices: 'いくつか選ぶ',
      number: '数字',
      tick: 'チェック（確認・同意）',
      companions: '同行者の氏名',
    } satisfies Record<QuestionKind, string>,
    done: {
      added: '質問を追加しました。これからのお申し込みでたずねます。',
      edited: '質問を保存しました。',
      moved: '順番を変更しました。',
      retired: 'たずねるのをやめました。これまでの答えは残ります。',
      restored: 'もう一度たずねます。',
      removed: '質問を削除しました。',
    },
    refused: {
      what: '変更できませんでした。',
      many: '質問は20までです。使わない質問を「たずねるのをやめる」にしてください。',
      used: 'この画面はすでに送信されています。もう一度お確かめください。',
      changed:
        'ほかの人が先に変更しました。入力した内容は残っています。違う項目の下に、今、保存されている内容を示しました。確かめて、もう一度保存してください。',
      asked: '先に「たずねるのをやめる」を押してください。',
      answered: '答えた方がいるので、削除できません。',
    },
  },
  en: {
    title: 'Questions',
    of: (name) => `Questions (${name})`,
    lead: 'These questions are added to the booking form and to the form for phone bookings. Answers are on the page of the booking, the day sheet, the letter and the export.',
    inherited: 'Questions of the series (also asked for this session)',
    own: 'Questions of this session only',
    none: 'There are no questions yet.',
    add: 'Add a question',
    edit: 'Edit a question',
    up: 'Up',
    down: 'Down',
    retire: 'Stop asking',
    retired: 'No longer asked',
    restore: 'Ask again',
    remove: 'Remove',
    required: 'required',
    optional: 'optional',
    labels: {
      kind: 'Kind of answer',
      label_ja: 'Question in Japanese',
      label_en: 'Question in English',
      required: 'Required',
      options: 'Options',
    },
    requiredTick: 'Nobody can book without an answer',
    requiredHelp: 'In the form for phone bookings it may stay empty.',
    labelNeeded: 'Required, but not for names of companions',
    labelHelp: 'Leave it empty for “Names of companions”.',
    enHelp: 'The Japanese words are shown if this is empty.',
    optionsHelp: 'One per line, as “Japanese | English”. Only for answers that are chosen.',
    kinds: {
      text: 'A short text',
      choice: 'One of several',
      choices: 'Some of several',
      number: 'A number',
      tick: 'A box to tick',
      companions: 'Names of companions',
    },
    done: {
      added: 'The question was added. It is asked from now on.',
      edited: 'The question was saved.',
      moved: 'The order was changed.',
      retired: 'It is no longer asked. Its answers stay.',
      restored: 'It is asked again.',
      removed: 'The question was removed.',
    },
    refused: {
      what: 'It could not be changed.',
      many: 'There can be 20 questions. Please stop asking one first.',
      used: 'This form was sent before. Please check it once more.',
      changed:
        'Somebody else changed it first. What you typed is kept. Fields that differ also say what is saved now. Please check them and save again.',
      asked: 'Please stop asking it first.',
      answered: 'Somebody answered it, so it cannot be removed.',
    },
  },
})

const all = inEveryLanguage((locale) => ({ ...asked[locale], editor: editor[locale] }))

/** Every sentence about the desk's own questions, companions and support in one language. */
export type QuestionTexts = (typeof all)[Locale]

/** Returns the sentences about the desk's own questions in a language. */
export function questionTexts(locale: Locale): QuestionTexts {
  return all[locale]
}
