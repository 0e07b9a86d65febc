/** Shapes of answers about signed documents: trust lists, agreements, catalogues, status lists. */
import * as z from 'zod/mini'
import { about, named, Seconds, Uscc } from '../base/schema.js'

export const StatusListNames = named(
  'status-list-names',
  about(
    z.looseObject({
      items: z.array(
        z.looseObject({
          iss: Uscc,
          name: z.string().check(z.maxLength(60)),
          uri: about(z.string().check(z.maxLength(400)), '状态表自称的地址（sub）', 'Address by which the list calls itself (sub)'),
          iat: about(Seconds, '最新一版的签名时间', 'Time of signing of the newest'),
        }),
      ),
    }),
    '状态表目录',
    'Status lists, by name',
  ),
)

export type StatusListNames = z.infer<typeof StatusListNames>

export const CatalogueNames = named(
  'catalogue-names',
  about(
    z.looseObject({
      items: z.array(z.looseObject({ authority: about(Uscc, '发布机关', 'Authority that publishes it'), version: z.int() })),
    }),
    '器具与规程目录，每个机关最新一版',
    'Catalogues, the newest version of each authority',
  ),
)
export type CatalogueNames = z.infer<typeof CatalogueNames>

export const SignedDocument = named(
  'signed-document',
  about(
    z.looseObject({
      name: z.string(),
      version: z.int(),
      signed: about(z.array(z.string()), '各方签名，同一载荷', 'Compact JWS over one payload, one a signer'),
    }),
    '签名文件',
    'Signed document',
  ),
)
export type SignedDocument = z.infer<typeof SignedDocument>

export const DocumentList = named(
  'document-list',
  about(z.looseObject({ items: z.array(SignedDocument) }), '签名文件列表', 'Signed documents'),
)
