/** `tongheng/certificate`: a record as the certificate, notice or report that people print, and its plots. */
export type { CertificateSource } from './content/content.js'
export { writeCertificateHtml } from './html.js'
export type { CertificateLanguage, CertificateOptions } from './options.js'
export { type LabelPdfOptions, writeLabelPdf } from './pdf/labels.js'
export { type CertificatePdf, type PagesAnswer, type ReadPdfOptions, readCertificatePdf } from './pdf/read.js'
export { type PdfOptions, writeCertificatePdf } from './pdf/write.js'
export type { CalibrationPoint, DriftLimits, DriftPoint, SeriesNames } from './plots/of-record.js'
export { type PlotOptions, writeCalibrationPlot, writeDriftPlot, writeEquivalencePlot, writeErrorPlot } from './plots/write.js'
