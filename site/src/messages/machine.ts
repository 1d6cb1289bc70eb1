/** The texts about a machine, which come with its views and not with the page. */

import { catalogues, languages, type Language, type Messages } from './messages.js';

const en = {
  views: 'Views of the machine',
  viewNames: { processes: 'Processes', cgroups: 'Cgroups' },
  process: 'Process',
  numbers: 'Number',
  inside: (n: number) => `${n} inside`,
  user: 'User',
  state: 'State',
  states: { running: 'running', sleeping: 'sleeping', stopped: 'stopped', frozen: 'frozen', zombie: 'ended, not yet waited for' },
  own: 'Namespaces of its own',
  cgroup: 'Cgroup',
  members: 'Processes',
  counts: { refused: 'forks refused', killed: 'killed for memory', throttled: 'times throttled' },
  of: (used: string, limit: string) => `${used} of ${limit}`,
  frozen: 'frozen',
};

export type MachineMessages = typeof en;

const vi: MachineMessages = {
  views: 'Các cách nhìn máy',
  viewNames: { processes: 'Tiến trình', cgroups: 'Cgroup' },
  process: 'Tiến trình',
  numbers: 'Số hiệu',
  inside: (n) => `bên trong là ${n}`,
  user: 'Người dùng',
  state: 'Trạng thái',
  states: { running: 'đang chạy', sleeping: 'đang ngủ', stopped: 'bị dừng', frozen: 'bị đóng băng', zombie: 'đã kết thúc, chưa ai chờ' },
  own: 'Namespace riêng',
  cgroup: 'Cgroup',
  members: 'Số tiến trình',
  counts: { refused: 'lần fork bị từ chối', killed: 'bị giết vì bộ nhớ', throttled: 'lần bị hãm' },
  of: (used, limit) => `${used} trên ${limit}`,
  frozen: 'đóng băng',
};

const all: Readonly<Record<Language, MachineMessages>> = { en, vi };

/** The texts in the language of a catalogue. */
export function machineMessages(t: Messages): MachineMessages {
  return all[languages.find((l) => catalogues[l] === t) ?? 'en'];
}

/** A word of the engine in the page's language; a word the catalogue lacks stays as it is. */
export function word(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name;
}
