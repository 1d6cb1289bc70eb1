/** The editor's texts, which come with the editor and not with the page. */

import { catalogues, languages, type Language, type Messages } from './messages.js';

const en = {
  text: 'Manifest',
  apply: 'Apply',
  create: 'New…',
  createLabel: 'New manifest of a kind',
  diff: 'Diff',
  diffTitle: 'What would change',
  same: 'Nothing would change.',
  closeDiff: 'Close the diff',
  save: 'Save',
  cancel: 'Cancel',
  edit: (name: string) => `Edit ${name}`,
  editing: (line: string) => `The object as it is. Save runs ${line}.`,
  about: 'The field at the cursor is explained here.',
  required: 'required',
  values: (list: string) => `One of: ${list}.`,
  problems: (n: number) => (n === 1 ? '1 error' : `${n} errors`),
  help: 'Control+Space completes, Control+Enter applies, F8 goes to the next error. Tab indents; to leave the editor press Escape, then Tab.',
  empty: 'There is nothing to apply yet.',
  tooLong: 'This text is too long for one command.',
  busy: 'A command is still running in the terminal. Wait for it, or stop it there with Control+C.',
  unkept: 'There is no room to keep this text; it will be gone after a reload.',
  phrases: {} as Readonly<Record<string, string>>,
};

export type EditorMessages = typeof en;

const vi: EditorMessages = {
  text: 'Tệp khai báo',
  apply: 'Áp dụng',
  create: 'Tạo mới…',
  createLabel: 'Tệp khai báo mới theo loại',
  diff: 'So sánh',
  diffTitle: 'Điều sẽ thay đổi',
  same: 'Sẽ không có gì thay đổi.',
  closeDiff: 'Đóng phần so sánh',
  save: 'Lưu',
  cancel: 'Hủy',
  edit: (name) => `Sửa ${name}`,
  editing: (line) => `Đối tượng như hiện tại. Lưu sẽ chạy ${line}.`,
  about: 'Trường ở con trỏ được giải thích tại đây.',
  required: 'bắt buộc',
  values: (list) => `Một trong: ${list}.`,
  problems: (n) => `${n} lỗi`,
  help: 'Control+Space hoàn thành từ, Control+Enter áp dụng, F8 đến lỗi kế tiếp. Tab thụt dòng; để rời ô soạn thảo hãy nhấn Escape rồi Tab.',
  empty: 'Chưa có gì để áp dụng.',
  tooLong: 'Văn bản này quá dài cho một lệnh.',
  busy: 'Một lệnh vẫn đang chạy trong terminal. Hãy đợi, hoặc dừng nó ở đó bằng Control+C.',
  unkept: 'Không còn chỗ để giữ văn bản này; nó sẽ mất sau khi tải lại trang.',
  phrases: {
    Completions: 'Gợi ý', Diagnostics: 'Lỗi', 'No diagnostics': 'Không có lỗi', 'current match': 'mục hiện tại',
    close: 'đóng', 'Control character': 'Ký tự điều khiển',
  },
};

const texts: Readonly<Record<Language, EditorMessages>> = { en, vi };

/** The editor's texts in the language of the page's. */
export function editorMessages(t: Messages): EditorMessages {
  return texts[languages.find((l) => catalogues[l] === t) ?? 'en'];
}
