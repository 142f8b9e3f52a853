import type { EvidenceStep } from '../../../../shared/domain/evidence.ts';
import type { ImageVerdict } from '../../../../shared/domain/image-row.ts';
import type { Because } from '../../../../shared/domain/inspection.ts';
import type { CheckCode } from '../../../../shared/domain/readiness.ts';
export const becauseWords = (because: Because): string => because;
export const stepWords = (code: EvidenceStep['code']): string => code;
export const checkWords = (code: CheckCode): string => code;
export const imageWords = (verdict: ImageVerdict): string => `${verdict.runs}: ${verdict.because}`;
export const EVIDENCE_HELP = ['EVIDENCE'];

import type { Fault } from '../../../../shared/contract/fault.ts';
export const faultWords = (fault: Fault) => ({ what: fault.code, cause: JSON.stringify(fault), next: 'next' });
