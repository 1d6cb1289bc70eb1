/** The texts about a machine, which come with its views and not with the page. */

import { catalogues, languages, type Language, type Messages } from './messages.js';

const en = {
  views: 'Views of the machine',
  viewNames: { processes: 'Processes', cgroups: 'Cgroups', capabilities: 'Capabilities', mounts: 'Mounts', network: 'Network' },
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
  showMore: (n: number) => `Show ${n} more`,

  // Which process
  walls: (name: string) => `Walls around ${name}`,
  typedTo: 'the terminal is here',
  follow: 'Back to the terminal’s process',
  choose: 'Choose a process in the tree to see its walls.',
  kinds: {
    cgroup: 'which cgroup looks like the root', ipc: 'message queues and shared memory', mnt: 'mounts', net: 'network', pid: 'process numbers', time: 'clocks since the start',
    user: 'users and what they may do', uts: 'host name',
  },
  shared: 'shared',
  ofItsOwn: 'its own',
  further: { root: 'root', caps: 'capabilities', limits: 'limits' },
  rootIs: (path: string) => `root is ${path}`,
  mayDo: (n: number, all: number) => `${n} of ${all} capabilities`,
  limitedBy: (path: string) => `cgroup ${path}`,
  filters: (n: number) => (n === 1 ? '1 system call filter' : `${n} system call filters`),
  userInside: (out: number, inside: number) => (out === inside ? `user ${out}` : `user ${out}, inside ${inside}`),

  // Cgroups
  noLimit: 'no limit',
  noDisk: 'This machine has no disks, so there is nothing that io.max could limit.',

  // Capabilities
  sets: { permitted: 'permitted', effective: 'effective', inheritable: 'inheritable', bounding: 'bounding', ambient: 'ambient' },
  setsHelp: 'What it may use (effective), take up (permitted), ever get (bounding), and pass on to programs (inheritable, ambient).',
  capability: 'Capability',
  purpose: 'What for',
  switchHelp: 'A switch types a command into the terminal. Choose or point at one to see what it is for.',
  willType: (line: string) => `The switch types: ${line}`,
  cannot: {
    elsewhere: 'The terminal is in another process: choose that one to switch.',
    past: 'This is the past: go back to now to switch.',
    gone: 'It has left the bounding set, and no process above has it: nothing brings it back.',
    file: 'Only a program file that carries it brings it: setcap cap_NAME+ep FILE, typed by root.',
    setpcap: 'To give it up it would need setpcap, which it does not have.',
    nothingNew: 'no_new_privs is set: no program brings anything new.',
  },
  nothingNew: 'no_new_privs',
  nothingNewHelp: 'Once it is set, no program that is started brings more than there is: set-user-ID bits and file capabilities count for nothing.',
  secure: 'securebits',
  noSecure: 'none set: being user 0 means having every capability',

  // Mounts
  mountsOf: (ns: string) => `Mount namespace ${ns}`,
  place: 'Place',
  type: 'Type',
  source: 'Source',
  options: 'Options',
  propagation: 'Propagation',
  partOf: (path: string) => `only ${path} of it`,
  rootHere: (name: string) => `root of ${name}`,
  propagations: { private: 'private', shared: 'shared', master: 'hears', unbindable: 'unbindable' },
  upper: (path: string) => `upper layer ${path}: what was changed`,
  readOnly: 'no upper layer: nothing can be changed',
  lower: (path: string) => `lower layer ${path}`,
  changes: { new: 'new', copied: 'copied up', hidden: 'whiteout', opaque: 'opaque' },
  unchanged: 'Nothing was changed yet.',
  layersOf: (path: string) => `Layers of ${path}`,
  noMounts: 'Its mounts are gone with its last process.',

  // Network
  network: (name: string) => `Network ${name}`,
  processes: (n: number) => (n === 1 ? '1 process' : `${n} processes`),
  keptByFile: 'kept by a file',
  device: 'Device',
  kind: 'Kind',
  up: 'up',
  down: 'down',
  noCarrier: 'up, nobody at the other end',
  portOf: (bridge: string) => `port of ${bridge}`,
  cableTo: (device: string, network: string) => `cable to ${device} in ${network}`,
  addresses: 'Addresses',
  connected: 'Connected to',
  routes: 'Routes',
  noRoutes: 'no routes',
  relays: 'passes packets on',
};

export type MachineMessages = typeof en;

const vi: MachineMessages = {
  views: 'Các cách nhìn máy',
  viewNames: { processes: 'Tiến trình', cgroups: 'Cgroup', capabilities: 'Quyền', mounts: 'Mount', network: 'Mạng' },
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
  showMore: (n) => `Hiện thêm ${n}`,

  walls: (name) => `Các bức tường quanh ${name}`,
  typedTo: 'terminal đang ở đây',
  follow: 'Về tiến trình của terminal',
  choose: 'Chọn một tiến trình trong cây để xem tường của nó.',
  kinds: {
    cgroup: 'cgroup nào trông như gốc', ipc: 'hàng đợi thông điệp và bộ nhớ chung', mnt: 'các điểm mount', net: 'mạng', pid: 'số hiệu tiến trình',
    time: 'đồng hồ tính từ lúc khởi động', user: 'người dùng và quyền của họ', uts: 'tên máy',
  },
  shared: 'dùng chung',
  ofItsOwn: 'của riêng',
  further: { root: 'gốc', caps: 'quyền', limits: 'giới hạn' },
  rootIs: (path) => `gốc là ${path}`,
  mayDo: (n, all) => `${n} trên ${all} quyền capability`,
  limitedBy: (path) => `thuộc cgroup ${path}`,
  filters: (n) => `${n} bộ lọc lời gọi hệ thống`,
  userInside: (out, inside) => (out === inside ? `người dùng ${out}` : `người dùng ${out}, bên trong là ${inside}`),

  noLimit: 'không giới hạn',
  noDisk: 'Máy này không có đĩa, nên io.max không có gì để giới hạn.',

  sets: { permitted: 'được phép', effective: 'hiệu lực', inheritable: 'kế thừa được', bounding: 'giới hạn', ambient: 'bao quanh' },
  setsHelp: 'Điều nó dùng được (effective), bật lên được (permitted), có thể có (bounding) và truyền cho chương trình (inheritable, ambient).',
  capability: 'Quyền (capability)',
  purpose: 'Để làm gì',
  switchHelp: 'Công tắc gõ một lệnh vào terminal. Chọn hoặc trỏ vào một công tắc để xem nó để làm gì.',
  willType: (line) => `Công tắc sẽ gõ: ${line}`,
  cannot: {
    elsewhere: 'Terminal đang ở tiến trình khác: hãy chọn tiến trình đó để bật tắt.',
    past: 'Đây là quá khứ: hãy về hiện tại để bật tắt.',
    gone: 'Nó đã rời tập bounding, và không tiến trình nào phía trên còn có: không gì lấy lại được.',
    file: 'Chỉ tệp chương trình mang nó mới đem lại: root gõ setcap cap_NAME+ep FILE.',
    setpcap: 'Muốn bỏ nó thì cần setpcap, mà tiến trình không có.',
    nothingNew: 'no_new_privs đang bật: không chương trình nào đem lại điều mới.',
  },
  nothingNew: 'no_new_privs (không quyền mới)',
  nothingNewHelp: 'Một khi đã bật, chương trình được chạy không đem lại gì hơn: bit set-user-ID và quyền của tệp không còn tác dụng.',
  secure: 'securebits (bit bảo mật)',
  noSecure: 'không bit nào: là người dùng 0 tức là có mọi quyền',

  mountsOf: (ns) => `Namespace mount ${ns}`,
  place: 'Vị trí',
  type: 'Loại',
  source: 'Nguồn',
  options: 'Tùy chọn',
  propagation: 'Lan truyền',
  partOf: (path) => `chỉ phần ${path} của nó`,
  rootHere: (name) => `gốc của ${name}`,
  propagations: { private: 'riêng tư', shared: 'chia sẻ', master: 'nghe theo', unbindable: 'không bind được' },
  upper: (path) => `lớp trên ${path}: những gì đã đổi`,
  readOnly: 'không có lớp trên: không đổi được gì',
  lower: (path) => `lớp dưới ${path}`,
  changes: { new: 'mới', copied: 'chép lên', hidden: 'whiteout (che đi)', opaque: 'opaque (che hết)' },
  unchanged: 'Chưa có gì thay đổi.',
  layersOf: (path) => `Các lớp của ${path}`,
  noMounts: 'Các điểm mount đã mất cùng tiến trình cuối cùng.',

  network: (name) => `Mạng ${name}`,
  processes: (n) => `${n} tiến trình`,
  keptByFile: 'do một tệp giữ lại',
  device: 'Thiết bị',
  kind: 'Kiểu',
  up: 'bật',
  down: 'tắt',
  noCarrier: 'bật, đầu kia không có ai',
  portOf: (bridge) => `cổng của ${bridge}`,
  cableTo: (device, network) => `cáp nối ${device} trong ${network}`,
  addresses: 'Địa chỉ',
  connected: 'Nối với',
  routes: 'Định tuyến',
  noRoutes: 'không có định tuyến',
  relays: 'chuyển tiếp gói tin',
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
