import type { Locale } from '../../src/base/locale.ts'
import { inEveryLanguage, spoken } from './spoken.ts'

/** A size in megabytes or kilobytes, as the files of a computer show it. */
function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.ceil(bytes / 1024))} KB`
}

/** Sender, signature, logo and documents of letters. */
const letterFiles = spoken({
  ja: {
    pages: 'メールの設定',
    title: 'ロゴと添付ファイル',
    of: (name: string) => `${name}のロゴと添付ファイル`,
    lead: '予約確定のメールに、案内のPDFを付けられます。ここで変更すると、これから送るメールに反映されます。',
    carried: '添付ファイル',
    size: sizeText,
    sender: {
      title: '差出人と署名',
      of: (name: string) => `${name}の差出人と署名`,
      lead: '予約した方へのメールに表示される差出人の名前、返信先、署名を変更できます。',
      labels: {
        sender_ja: '差出人の名前',
        sender_en: '差出人の名前（英語）',
        reply: '返信先のメールアドレス',
        signature_ja: '署名',
        signature_en: '署名（英語）',
      },
      help: {
        sender_ja: '空欄のときは、上位（定期開催、年度、事業名と連絡先の順）のものになります。ほかの欄も同じです。',
        sender_en: '空欄のときは、英語のメールにも上の名前が入ります。',
        reply: '上位にもないときは、窓口のメールアドレスに返信されます。',
        signature_ja: '事業名とサイトのアドレスは、署名の後に必ず入ります。',
      },
      done: { saved: '保存しました。これから送るメールに反映されます。', dropped: '標準に戻しました。' },
    },
    documents: {
      title: '予約確定のメールに付けるPDF',
      lead: '3つまで、1つ2MBまでです。予約が確定した方全員に届くので、個人情報は入れないでください。',
      above: '定期開催にファイルがあるときは、年度のファイルの代わりに付きます。',
      none: 'まだありません。',
      add: 'PDFを選ぶ',
      put: '追加する',
      drop: '削除する',
      dropOne: (name: string) => `${name}を削除する`,
    },
    logo: {
      title: 'ロゴ',
      lead: 'メールの一番上に表示されます。PNGかJPEGで、100KBまでです。',
      none: 'まだありません。',
      add: '画像を選ぶ',
      put: 'このロゴにする',
      drop: 'ロゴを削除する',
    },
    message: {
      label: '添付するPDF（3つまで、1つ2MBまで）',
      help: '「届く方と文面を確認する」を押すと、ファイルが保存されます。送るまでは、いつでも削除できます。',
      there: '添付されるファイル',
    },
    look: '実際の予約で見本を見る',
    lookHtml: '実際の予約での見本（HTML）',
    done: { added: '追加しました。これから送るメールに反映されます。', dropped: '削除しました。' },
    refused: {
      empty: 'ファイルを選んでください',
      large: {
        document: 'ファイルが大きすぎます。1つ2MBまでにしてください。',
        logo: '画像が大きすぎます。100KBまでにしてください。',
      },
      type: {
        document: 'PDFではないファイルです。PDFを選んでください。',
        logo: '使えるのは、PNGかJPEGの画像です。',
      },
      many: '付けられるファイルは3つまでです。どれかを削除してから追加してください。',
      sent: 'このお知らせは送信済みのため、ファイルは変更できません。',
      changed: 'ほかの人が先に変更しました。今の内容を確かめて、もう一度お試しください。',
    },
  },
  en: {
    pages: 'Settings of letters',
    title: 'Logo and documents',
    of: (name) => `Logo and documents: ${name}`,
    lead: 'Confirmations can carry documents as PDF. A change counts for letters that leave from now on.',
    carried: 'Attached documents',
    size: sizeText,
    sender: {
      title: 'Sender and signature',
      of: (name) => `Sender and signature: ${name}`,
      lead: 'You can change the name that letters come from, the address for replies, and the signature.',
      labels: {
        sender_ja: 'Sender’s name',
        sender_en: 'Sender’s name (English)',
        reply: 'Address for replies',
        signature_ja: 'Signature',
        signature_en: 'Signature (English)',
      },
      help: {
        sender_ja: 'If a field is empty, it is as the series, the year or the house says, in this order.',
        sender_en: 'If it is empty, English letters have the name above.',
        reply: 'If none is given, replies go to the address of the desk.',
        signature_ja: 'The name of the service and the address of the site always follow it.',
      },
      done: { saved: 'Saved. It counts for letters from now on.', dropped: 'Back to the standard.' },
    },
    documents: {
      title: 'Documents (PDF) with confirmations',
      lead: 'Three at most, of 2 MB each. Everybody with a place gets them, so leave out personal data.',
      above: 'If a series has documents, they replace those of the year.',
      none: 'There are none yet.',
      add: 'Choose a PDF',
      put: 'Add it',
      drop: 'Remove',
      dropOne: (name) => `Remove ${name}`,
    },
    logo: {
      title: 'Logo',
      lead: 'It stands above each letter. A PNG or JPEG of 100 KB at most.',
      none: 'There is none yet.',
      add: 'Choose an image',
      put: 'Use this logo',
      drop: 'Remove the logo',
    },
    message: {
      label: 'Documents as PDF (three at most, of 2 MB each)',
      help: 'They are kept when you look at the message. You can remove them until you send it.',
      there: 'Attached',
    },
    look: 'See a sample with a real booking',
    lookHtml: 'A sample with a real booking (HTML)',
    done: { added: 'Added. It counts for letters from now on.', dropped: 'Removed.' },
    refused: {
      empty: 'Please choose a file',
      large: {
        document: 'The file is too large. 2 MB each at most, please.',
        logo: 'The image is too large. 100 KB at most, please.',
      },
      type: {
        document: 'This file is no PDF. Please choose a PDF.',
        logo: 'Only images in PNG or JPEG can be used.',
      },
      many: 'Three files at most. Please remove one before you add another.',
      sent: 'This message was sent, so its files can no longer be changed.',
      changed: 'Somebody else changed it. Please check it as it is now and try again.',
    },
  },
})

const all = inEveryLanguage((locale) => letterFiles[locale])

/** Returns the sentences about sender, signature and files of letters in a language. */
export function letterFileTexts(locale: Locale): (typeof all)[Locale] {
  return all[locale]
}
