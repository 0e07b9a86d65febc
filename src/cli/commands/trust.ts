/** The trust list of an authority, from its first version on: drafted, shown in words, signed by the threshold of root keys, published. */

import type { Command } from '../command.js'
import { ACTIONS, actionOf } from '../trust/actions.js'
import { fault } from '../trust/messages.js'

export const trust: Command = {
  name: 'trust',
  mostFiles: 1,
  usage: `trust ACTION --draft FILE --trust FILE --iss USCC\n  trust pin|pull --node URL --trust FILE\n  ACTION: ${ACTIONS}`,
  summary: {
    zh: '信任列表：起草、改动、会签、发布、查看，固定根密钥，从节点更新',
    en: 'Trust lists: draft, change, sign together, publish, show; pin root keys, pull from a node',
  },
  options: {
    draft: {
      type: 'string',
      value: 'FILE',
      help: { zh: '下一版的草稿，在签署人之间传递', en: 'draft of the next version; passes between signers' },
    },
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：已发布的各版，publish 就地更新', en: 'trust file with the versions published; publish adds to it' },
    },
    iss: { type: 'string', value: 'USCC', help: { zh: '发布列表的主管部门', en: 'authority whose list it is' } },
    region: { type: 'string', value: '50|51', help: { zh: 'init：省（市）代码', en: 'init: province' } },
    root: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: { zh: 'init、rotate-root：根公钥（JWK），可给多个', en: 'init, rotate-root: public root key (JWK), several times' },
    },
    threshold: {
      type: 'string',
      value: 'N',
      help: { zh: 'init、rotate-root：签署所需的根密钥数', en: 'init, rotate-root: root keys that must sign' },
    },
    uscc: {
      type: 'string',
      value: 'USCC',
      help: { zh: '所改的机构；show：列出其密钥和授权', en: 'the body that is changed; show: list its keys and authorisations' },
    },
    name: {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'add-entity、rename-entity：机构名称', en: 'add-entity, rename-entity: its name in Chinese' },
    },
    'name-en': {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'add-entity、rename-entity：英文名称', en: 'add-entity, rename-entity: its name in English' },
    },
    authorisations: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-entity、add-authorisation：授权（JSON 数组）',
        en: 'add-entity, add-authorisation: authorisations (JSON array)',
      },
    },
    number: {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'change-authorisation：授权（认可）证书号', en: 'change-authorisation: number of the authorisation' },
    },
    origin: {
      type: 'string',
      value: 'NAME',
      help: { zh: 'add-log、add-witness：日志名称（origin）', en: 'add-log, add-witness: name of the log (origin)' },
    },
    witness: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-log：见证其他日志所用的公钥（JWK，Ed25519），须不同于日志公钥',
        en: 'add-log: public key that cosigns the logs of others (JWK, Ed25519); not the key of the log',
      },
    },
    jwk: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-key、add-log、add-witness：公钥（JWK），后两者须为 Ed25519',
        en: 'add-key, add-log, add-witness: public key (JWK); Ed25519 for the latter two',
      },
    },
    typ: {
      type: 'string',
      value: 'TYPE',
      multiple: true,
      help: { zh: 'add-key、change-key：可签的类型', en: 'add-key, change-key: types it may sign' },
    },
    from: {
      type: 'string',
      value: 'TIME',
      help: {
        zh: 'add-key：启用；revoke-key：撤销时间；默认当前。change-authorisation：起始日期，同号的有几项时给出',
        en: 'add-key: valid from; revoke-key: revoked at; default now. change-authorisation: first day, where several have the number',
      },
    },
    to: {
      type: 'string',
      value: 'TIME',
      help: {
        zh: 'add-key、change-key：停用时间；change-authorisation：截止日期',
        en: 'add-key, change-key: valid until; change-authorisation: last day',
      },
    },
    kid: { type: 'string', value: 'KID', help: { zh: 'change-key、revoke-key：密钥', en: 'change-key, revoke-key: the key' } },
    reason: { type: 'string', value: 'TEXT', help: { zh: 'revoke-key：原因', en: 'revoke-key: reason' } },
    retroactive: {
      type: 'boolean',
      help: { zh: 'revoke-key：追溯，其全部签名无效（如私钥泄露）', en: 'revoke-key: every signature by it falls, as after a compromise' },
    },
    key: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: { zh: 'publish：根私钥文件', en: 'publish: file with a private root key' },
    },
    'next-days': {
      type: 'string',
      value: 'N',
      help: { zh: 'publish：几日内更新，默认 14', en: 'publish: days until the next update, default 14' },
    },
    days: { type: 'string', value: 'N', help: { zh: 'publish：几日后失效，默认 30', en: 'publish: days until it ends, default 30' } },
    node: { type: 'string', value: 'URL', help: { zh: 'pull、pin：节点地址', en: 'pull, pin: address of the node' } },
    list: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'pin：信任列表文件，或另一信任文件', en: 'pin: a signed trust list, or another trust file' },
    },
    expect: {
      type: 'string',
      value: 'KID',
      multiple: true,
      help: { zh: 'pin：另行得知的根密钥指纹，须逐个给出', en: 'pin: thumbprint of a root key, known by another way; name each' },
    },
    state: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'pull、pin：信任状态文件（同 verify --state），拒绝旧版',
        en: 'pull, pin: trust state, as of verify --state; refuses older lists',
      },
    },
    timeout: {
      type: 'string',
      value: 'SECONDS',
      help: { zh: 'pull、pin：每个答复至多等几秒，默认 30', en: 'pull, pin: seconds for each answer, default 30' },
    },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '没有草稿时从已发布的最新版起草。每一步先列出改动，确认后才写入；publish 列出全部改动，确认后签署；签名未够时把草稿交给下一位签署人，够了才写入信任文件。机构、密钥、授权、撤销、日志只增不删。\npin 显示根密钥指纹，供与主管部门电话核对，核对后写入信任文件；pull 从节点取回各版信任列表、协议、目录、规范、状态表和公告，逐版核验后并入。文件只增加核验过的内容；多个主管部门可并入一个文件。\n退出码：0 完成；1 未确认，show 有应更新的，或 pull、pin 有未予采用的；2 用法或输入有误。',
    en: 'Where there is no draft one is begun from the newest published version. Every step shows what changes and writes after a yes; publish shows all changes and signs; while signatures are missing the draft goes to the next signer, and only a whole one enters the trust file. Nothing is ever removed.\npin shows the thumbprints of root keys to compare with the authority by telephone, and then writes them into the trust file; pull adds the lists, agreements, catalogues, specifications, status lists and notices of a node, every version proved. Only what was verified is written; one file may have several authorities.\nExit code: 0 done; 1 not confirmed, show found a list to be updated, or pull or pin refused something; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [name = ''] = args.files
    const act = actionOf(name)
    if (act === undefined) throw fault('cli.trust-action', { actions: ACTIONS })
    return act(args, terminal)
  },
}
