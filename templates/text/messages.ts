import type { Locale } from '../../src/base/locale.ts'
import { PLACEHOLDERS } from '../../src/base/placeholders.ts'
import { inEveryLanguage, spoken } from './spoken.ts'

const braces = (locale: Locale) =>
  Object.values(PLACEHOLDERS)
    .map((words) => `{${words[locale]}}`)
    .join(locale === 'ja' ? '、' : ', ')

/** Messages of a desk to many people. */
const messages = spoken({
  ja: {
    title: 'お知らせ',
    send: 'お知らせを送る',
    toFound: '当てはまる方にお知らせを送る',
    lead: '予約した方へまとめて送ったお知らせです。開催日や定期開催のページ、予約台帳から送れます。',
    empty: 'まだ送っていません。',
    columns: { at: '送った日時', subject: '件名', to: 'あて先' },
    newLead: (to: string) => `${to}にお送りします。送る前に、届く方と文面を確認できます。`,
    to: {
      session: (day: string) => `${day}の予約の方`,
      slot: (day: string, hours: string) => `${day} ${hours}の予約の方`,
      series: (title: string) => `「${title}」の今日以降の予約の方`,
      ledger: '予約台帳で選んだ方',
    },
    targets: { session: '開催日', slot: '時間', series: '定期開催', ledger: '予約台帳' },
    labels: {
      subject_ja: '件名',
      body_ja: '本文',
      subject_en: '件名（英語）',
      body_en: '本文（英語）',
      pending: '送る相手',
      slot: '時間',
    },
    everySlot: 'すべての時間',
    help: `次の言葉は、お一人ずつの内容に置き換わります：${braces('ja')}。リンク、窓口の電話番号、受け取りの停止は自動で付きます。`,
    english: '英語の文面（英語で予約した方へ。空欄なら日本語で届きます）',
    pending: 'キャンセル待ち・回答待ちの方にも送る',
    placed: 'いつも、席のある方と参加済みの方に送ります。キャンセルした方と、お知らせを希望しない方には送りません。',
    look: '届く方と文面を確認する',
    go: (letters: number, calls: number) => `送る（メール${letters}通、お電話${calls}件）`,
    count: (people: number) => `${people}件の予約の方に届きます。`,
    refusing: (people: number) => `お知らせを希望しない方が${people}名います。この方には送りません。`,
    who: 'あて先の一覧',
    refused: {
      what: '送れませんでした。',
      nobody: '届く方がいません。送る相手を確かめてください。',
      used: 'このお知らせは、違う内容で送信済みです。もう一度送るなら、内容を確かめて「送る」を押してください。',
      changed: 'あて先や文面が、確認したときと変わりました。下の内容を確かめてください。',
    },
    erased: '（個人情報の削除により、文面は残っていません）',
    sent: '送信を始めました。この画面を閉じても、送信は続きます。',
    progress: '送信の状況',
    of: (done: number, all: number) => `${all}通のうち${done}通を送りました。`,
    rate: (each: number, minutes: number) => `1分あたり約${each}通。あと約${minutes}分です。`,
    letters: {
      sent: '送信済み',
      waiting: '送信待ち',
      failed: '送信失敗',
      withheld: '取りやめ（キャンセルや受け取り停止）',
    },
    calls: { waiting: 'お電話が必要', made: 'お電話済み' },
    toFailed: '送信できなかったメールを見る',
    toCalls: 'お電話する方を見る',
    still: '自動の更新を止める',
    follow: '自動で更新する',
    japanese: '日本語の文面',
    englishText: '英語の文面',
    own: {
      gets: 'お知らせとアンケートを送る方です。',
      none: 'お知らせとアンケートを希望しない方です。予約についての連絡は届きます。',
      stop: 'お知らせを送らない',
      want: 'お知らせを送る',
    },
  },
  en: {
    title: 'Messages',
    send: 'Send a message',
    toFound: 'Send a message to these people',
    lead: 'Messages to many people at once. Send one from a session, a series or the ledger.',
    empty: 'None was sent yet.',
    columns: { at: 'Sent', subject: 'Subject', to: 'To' },
    newLead: (to) => `To ${to}. Before it is sent, you see who gets it and what it says.`,
    to: {
      session: (day) => `the people booked on ${day}`,
      slot: (day, hours) => `the people booked on ${day}, ${hours}`,
      series: (title) => `the people booked in “${title}” from today on`,
      ledger: 'the people chosen in the ledger',
    },
    targets: { session: 'session', slot: 'time', series: 'series', ledger: 'ledger' },
    labels: {
      subject_ja: 'Subject',
      body_ja: 'Message',
      subject_en: 'Subject (English)',
      body_en: 'Message (English)',
      pending: 'To whom',
      slot: 'Time',
    },
    everySlot: 'Every time',
    help: `These words become those of each reader: ${braces('en')}. The link, the desk’s telephone and how to stop messages are added by themselves.`,
    english: 'English words (for people who booked in English; without them they get the Japanese)',
    pending: 'Also to people who wait or whose answer is awaited',
    placed: 'It always goes to people who have a place or came. People who cancelled or want no messages get none.',
    look: 'See who gets it and what it says',
    go: (letters, calls) => `Send it (${letters} by mail, ${calls} to be called)`,
    count: (people) => `${people} bookings get it.`,
    refusing: (people) => `${people} want no messages and get none.`,
    who: 'Who gets it',
    refused: {
      what: 'It was not sent.',
      nobody: 'Nobody would get it. Please check to whom it goes.',
      used: 'This message was sent with other words. To send this one too, check it and send it again.',
      changed: 'The readers or the words differ from those you saw. Please check them below.',
    },
    erased: '(The text was erased with the data of its readers)',
    sent: 'It is being sent. You may leave this page.',
    progress: 'How far it is',
    of: (done, all) => `${done} of ${all} letters are sent.`,
    rate: (each, minutes) => `About ${each} a minute, ${minutes} minutes to go.`,
    letters: { sent: 'sent', waiting: 'waiting', failed: 'failed', withheld: 'withheld (cancelled or unwanted)' },
    calls: { waiting: 'to be called', made: 'called' },
    toFailed: 'See the letters that failed',
    toCalls: 'See whom to call',
    still: 'Stop this page from reloading by itself',
    follow: 'Let this page reload by itself',
    japanese: 'In Japanese',
    englishText: 'In English',
    own: {
      gets: 'Gets messages and surveys.',
      none: 'Wants no messages and surveys. Letters about the booking still come.',
      stop: 'Send no messages',
      want: 'Send messages',
    },
  },
})

const all = inEveryLanguage((locale) => messages[locale])

/** Returns the sentences about messages in a language. */
export function messageTexts(locale: Locale): (typeof all)[Locale] {
  return all[locale]
}
