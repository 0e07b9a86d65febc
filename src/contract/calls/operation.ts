/** Calls about the node itself: discovery, health, metrics. */
import * as z from 'zod/mini'
import { Discovery, Health } from '../shapes.js'
import { answer, type Call, METRICS_TYPE, PUBLIC } from './call.js'

export const operationCalls = {
  discover: {
    method: 'GET',
    path: '/.well-known/tongheng',
    summary: { zh: '节点自述', en: 'What the node says of itself' },
    access: 'open',
    answers: { 200: answer(Discovery, '节点自述', 'Discovery document') },
    problems: [400, 412, 429],
    idempotent: true,
    cache: PUBLIC,
  },
  health: {
    method: 'GET',
    path: '/healthz',
    summary: { zh: '进程存活', en: 'The process is alive' },
    access: 'open',
    answers: { 200: answer(Health, '存活', 'Alive') },
    problems: [400],
    idempotent: true,
  },
  readiness: {
    method: 'GET',
    path: '/readyz',
    summary: { zh: '可以判定（信任列表在有效期内）', en: 'Able to judge: trust lists are current' },
    access: 'open',
    answers: { 200: answer(Health, '就绪', 'Ready'), 503: answer(Health, '未就绪', 'Not ready') },
    problems: [400],
    idempotent: true,
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    summary: { zh: '运行指标（Prometheus 文本格式）', en: 'Metrics in the text format of Prometheus' },
    access: 'open',
    answers: { 200: answer(z.string(), '指标', 'Metrics', METRICS_TYPE) },
    problems: [400],
    idempotent: true,
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: { zh: '本接口的 OpenAPI 文档', en: 'OpenAPI document of this interface' },
    access: 'open',
    answers: { 200: answer(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1', 'OpenAPI 3.1') },
    problems: [400, 412, 429],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>
