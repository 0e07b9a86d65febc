/** Messages of the client: unreachable nodes, answers that violate the contract, statements that remain in the outbox. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const clientTexts = defineTexts({
  codes: {
    'amend.batch': {
      zh: '批量证书须以行数相同的批量证书整份替代',
      en: 'A batch certificate is replaced as a whole, by one with as many lines',
      advice: {
        zh: '只更正一台的，请撤销该行（tongheng status revoke --line），另行出具',
        en: 'To correct one instrument, revoke its line (tongheng status revoke --line) and issue another certificate',
      },
    },
    'amend.statement': {
      zh: '要代替的不是 {iss} 签发的同一种记录',
      en: 'What is to be replaced is no readable record of this kind that {iss} signed',
      advice: { zh: '请给出原签名记录的原文', en: 'Give the signed statement of the earlier record' },
    },
    'outbox.unproven': {
      zh: '{count} 件未了结，留在待发箱：所得答复没有可核验的回执（首件：{reason}）',
      en: '{count} statements stay in the outbox: what was answered has no receipt that proves it (the first: {reason})',
      advice: {
        zh: '请核对节点地址和受理机关，确认信任文件是最新的；仍然如此的，请向节点运行方核实。再次运行即重发，不会重复受理',
        en: 'Check the address of the node and who runs it, and that the trust file is the newest; else ask the operator of the node. Run again to send them again: nothing takes effect twice',
      },
    },
    'client.network': {
      zh: '连不上节点 {node}：{reason}',
      en: 'The node {node} cannot be reached: {reason}',
      advice: {
        zh: '请核对节点的地址、端口和本机网络；TLS 证书的问题请告知节点运行方',
        en: 'Check the address and port of the node and the network here; tell the operator of the node about its TLS certificate',
      },
    },
    'client.answer': {
      zh: '节点的答复不合约定（状态 {status}）',
      en: 'The answer of the node is not as agreed (status {status})',
      advice: {
        zh: '请核对该地址是否为节点，中间有无代理或登录页',
        en: 'Check that a node is at this address, and whether a proxy or a login page is in between',
      },
    },
    'client.no-caller': {
      zh: '{call} 需要签名：请在 createClient 中给出 caller',
      en: '{call} must be signed: give a caller to createClient',
    },
  },
})

export const fault = faultOf(clientTexts)
export const say = sayOf(clientTexts)
