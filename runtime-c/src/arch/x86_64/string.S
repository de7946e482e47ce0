/* string.S - memcpy, memmove and memset.
 *
 * Compiled code calls them for memory.copy, memory.fill and memory.init, and the runtime for its own, often
 * with a few bytes; musl's start a string instruction for any size. Here up to 128 bytes go through
 * overlapping unaligned moves, more through a loop of 64 bytes, a lot through string instructions.
 * All loads of a step come before its stores, so memcpy is memmove.
 *
 * They lie in a section of their own and keep no frame: a fault in them is the guest's, and the word
 * at the stack pointer is where in the guest (see signals.c).
 */

/* From here on string instructions win. */
#define REP_BYTES 3072

    .section wasmc_string, "ax", @progbits

    .globl memcpy
    .globl memmove
    .type memcpy, @function
    .type memmove, @function
    .p2align 6
memcpy:
memmove:
    movq    %rdi, %rax
    cmpq    $16, %rdx
    jb      .Lcopy_below_16
    movups  (%rsi), %xmm0
    movups  -16(%rsi,%rdx), %xmm1
    cmpq    $32, %rdx
    ja      .Lcopy_above_32
    movups  %xmm0, (%rdi)
    movups  %xmm1, -16(%rdi,%rdx)
    ret

.Lcopy_below_16:
    cmpl    $8, %edx
    jae     .Lcopy_8_to_15
    cmpl    $4, %edx
    jae     .Lcopy_4_to_7
    testl   %edx, %edx
    je      .Lcopy_nothing
    /* 1 to 3: the first, the middle and the last byte, which may be the same. */
    movq    %rdx, %rcx
    shrq    $1, %rcx
    movzbl  (%rsi), %r8d
    movzbl  (%rsi,%rcx), %r9d
    movzbl  -1(%rsi,%rdx), %r10d
    movb    %r8b, (%rdi)
    movb    %r9b, (%rdi,%rcx)
    movb    %r10b, -1(%rdi,%rdx)
.Lcopy_nothing:
    ret
.Lcopy_8_to_15:
    movq    (%rsi), %rcx
    movq    -8(%rsi,%rdx), %r8
    movq    %rcx, (%rdi)
    movq    %r8, -8(%rdi,%rdx)
    ret
.Lcopy_4_to_7:
    movl    (%rsi), %ecx
    movl    -4(%rsi,%rdx), %r8d
    movl    %ecx, (%rdi)
    movl    %r8d, -4(%rdi,%rdx)
    ret

.Lcopy_above_32:
    cmpq    $64, %rdx
    ja      .Lcopy_above_64
    movups  16(%rsi), %xmm2
    movups  -32(%rsi,%rdx), %xmm3
    movups  %xmm0, (%rdi)
    movups  %xmm2, 16(%rdi)
    movups  %xmm3, -32(%rdi,%rdx)
    movups  %xmm1, -16(%rdi,%rdx)
    ret

.Lcopy_above_64:
    /* The last 64 bytes are read now: the loops below may write over them. */
    movups  -32(%rsi,%rdx), %xmm2
    movups  -48(%rsi,%rdx), %xmm3
    movups  -64(%rsi,%rdx), %xmm4
    cmpq    $128, %rdx
    ja      .Lcopy_above_128
    movups  16(%rsi), %xmm5
    movups  32(%rsi), %xmm6
    movups  48(%rsi), %xmm7
    movups  %xmm0, (%rdi)
    movups  %xmm5, 16(%rdi)
    movups  %xmm6, 32(%rdi)
    movups  %xmm7, 48(%rdi)
.Lcopy_store_end:
    movups  %xmm4, -64(%rdi,%rdx)
    movups  %xmm3, -48(%rdi,%rdx)
    movups  %xmm2, -32(%rdi,%rdx)
    movups  %xmm1, -16(%rdi,%rdx)
    ret

.Lcopy_above_128:
    /* When the target starts inside the source, copy from the end. */
    movq    %rdi, %rcx
    subq    %rsi, %rcx
    cmpq    %rdx, %rcx
    jb      .Lcopy_backward
    cmpq    $REP_BYTES, %rdx
    jae     .Lcopy_rep

    /* Forward, with aligned stores; xmm0 holds the first 16 bytes, stored at the end: with a target
     * just below the source the loop still reads them. */
.Lcopy_forward:
    leaq    (%rdi,%rdx), %r8       /* end of the target */
    leaq    -64(%r8), %r9
    leaq    16(%rdi), %rcx
    andq    $-16, %rcx
    subq    %rdi, %rcx
    addq    %rcx, %rsi
    addq    %rdi, %rcx             /* the aligned target */
    .p2align 4
.Lcopy_forward_loop:
    movups  (%rsi), %xmm5
    movups  16(%rsi), %xmm6
    movups  32(%rsi), %xmm7
    movups  48(%rsi), %xmm8
    movaps  %xmm5, (%rcx)
    movaps  %xmm6, 16(%rcx)
    movaps  %xmm7, 32(%rcx)
    movaps  %xmm8, 48(%rcx)
    addq    $64, %rsi
    addq    $64, %rcx
    cmpq    %r9, %rcx
    jb      .Lcopy_forward_loop
    movups  %xmm0, (%rdi)
    jmp     .Lcopy_store_end

    /* Backward; xmm1 to xmm4 hold the last 64 bytes, xmm0 and three more the first 64. */
.Lcopy_backward:
    testq   %rcx, %rcx
    je      .Lcopy_nothing
    movups  16(%rsi), %xmm9
    movups  32(%rsi), %xmm10
    movups  48(%rsi), %xmm11
    leaq    (%rdi,%rdx), %r8
    leaq    -1(%r8), %rcx
    andq    $-16, %rcx             /* the aligned end of the target */
    subq    %rcx, %r8
    leaq    (%rsi,%rdx), %rsi
    subq    %r8, %rsi
    leaq    64(%rdi), %r9
    .p2align 4
.Lcopy_backward_loop:
    movups  -16(%rsi), %xmm5
    movups  -32(%rsi), %xmm6
    movups  -48(%rsi), %xmm7
    movups  -64(%rsi), %xmm8
    movaps  %xmm5, -16(%rcx)
    movaps  %xmm6, -32(%rcx)
    movaps  %xmm7, -48(%rcx)
    movaps  %xmm8, -64(%rcx)
    subq    $64, %rsi
    subq    $64, %rcx
    cmpq    %r9, %rcx
    ja      .Lcopy_backward_loop
    movups  %xmm0, (%rdi)
    movups  %xmm9, 16(%rdi)
    movups  %xmm10, 32(%rdi)
    movups  %xmm11, 48(%rdi)
    movups  %xmm1, -16(%rdi,%rdx)
    ret

.Lcopy_rep:
    /* Only where the two do not overlap at all: string instructions are slow otherwise. */
    movq    %rsi, %rcx
    subq    %rdi, %rcx
    cmpq    %rdx, %rcx
    jb      .Lcopy_forward
    movq    %rdx, %rcx
    rep movsb
    ret
    .size memcpy, .-memcpy
    .size memmove, .-memmove

    .globl memset
    .type memset, @function
    .p2align 6
memset:
    movq    %rdi, %rax
    movzbl  %sil, %esi
    movabsq $0x0101010101010101, %rcx
    imulq   %rcx, %rsi
    cmpq    $16, %rdx
    jb      .Lset_below_16
    movq    %rsi, %xmm0
    punpcklqdq %xmm0, %xmm0
    movups  %xmm0, (%rdi)
    movups  %xmm0, -16(%rdi,%rdx)
    cmpq    $32, %rdx
    ja      .Lset_above_32
    ret

.Lset_below_16:
    cmpl    $8, %edx
    jae     .Lset_8_to_15
    cmpl    $4, %edx
    jae     .Lset_4_to_7
    testl   %edx, %edx
    je      .Lset_nothing
    movb    %sil, (%rdi)
    movb    %sil, -1(%rdi,%rdx)
    shrq    $1, %rdx
    movb    %sil, (%rdi,%rdx)
.Lset_nothing:
    ret
.Lset_8_to_15:
    movq    %rsi, (%rdi)
    movq    %rsi, -8(%rdi,%rdx)
    ret
.Lset_4_to_7:
    movl    %esi, (%rdi)
    movl    %esi, -4(%rdi,%rdx)
    ret

.Lset_above_32:
    movups  %xmm0, 16(%rdi)
    movups  %xmm0, -32(%rdi,%rdx)
    cmpq    $64, %rdx
    jbe     .Lset_nothing
    movups  %xmm0, 32(%rdi)
    movups  %xmm0, -48(%rdi,%rdx)
    movups  %xmm0, 48(%rdi)
    movups  %xmm0, -64(%rdi,%rdx)
    cmpq    $128, %rdx
    jbe     .Lset_nothing
    cmpq    $REP_BYTES, %rdx
    jae     .Lset_rep
    leaq    -64(%rdi,%rdx), %r9
    leaq    64(%rdi), %rcx
    andq    $-16, %rcx
    .p2align 4
.Lset_loop:
    movaps  %xmm0, (%rcx)
    movaps  %xmm0, 16(%rcx)
    movaps  %xmm0, 32(%rcx)
    movaps  %xmm0, 48(%rcx)
    addq    $64, %rcx
    cmpq    %r9, %rcx
    jb      .Lset_loop
    ret

.Lset_rep:
    movq    %rax, %r8
    movl    %esi, %eax
    movq    %rdx, %rcx
    rep stosb
    movq    %r8, %rax
    ret
    .size memset, .-memset

    .section .note.GNU-stack, "", @progbits
