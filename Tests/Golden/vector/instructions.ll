define internal fastcc <2 x i64> @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile <2 x i64>, ptr %2, align 1, !tbaa memory
  br label %return

return:
  %4 = phi <2 x i64> [ %3, %body ]
  ret <2 x i64> %4
}

define internal fastcc <2 x i64> @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  %4 = insertelement <4 x i32> poison, i32 %3, i32 0
  %5 = shufflevector <4 x i32> %4, <4 x i32> poison, <4 x i32> zeroinitializer
  %6 = bitcast <4 x i32> %5 to <2 x i64>
  br label %return

return:
  %7 = phi <2 x i64> [ %6, %body ]
  ret <2 x i64> %7
}

define internal fastcc <2 x i64> @wasm.0.func.2(i32 %0, <2 x i64> %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = bitcast <2 x i64> %1 to <16 x i8>
  %3 = zext i32 %0 to i64
  %4 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %3
  %5 = load volatile i8, ptr %4, align 1, !tbaa memory
  %6 = insertelement <16 x i8> %2, i8 %5, i32 3
  %7 = bitcast <16 x i8> %6 to <2 x i64>
  br label %return

return:
  %8 = phi <2 x i64> [ %7, %body ]
  ret <2 x i64> %8
}

define internal fastcc <2 x i64> @wasm.0.func.3(<2 x i64> %0, <2 x i64> %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = bitcast <2 x i64> %1 to <16 x i8>
  %3 = bitcast <2 x i64> %0 to <16 x i8>
  %4 = call <16 x i8> @llvm.uadd.sat.v16i8(<16 x i8> %2, <16 x i8> splat (i8 112))
  %5 = call <16 x i8> @llvm.x86.ssse3.pshuf.b.128(<16 x i8> %3, <16 x i8> %4)
  %6 = bitcast <16 x i8> %5 to <2 x i64>
  br label %return

return:
  %7 = phi <2 x i64> [ %6, %body ]
  ret <2 x i64> %7
}

define internal fastcc <2 x i64> @wasm.0.func.4(<2 x i64> %0, <2 x i64> %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = bitcast <2 x i64> %1 to <8 x i16>
  %3 = bitcast <2 x i64> %0 to <8 x i16>
  %4 = call <8 x i16> @llvm.sadd.sat.v8i16(<8 x i16> %3, <8 x i16> %2)
  %5 = bitcast <8 x i16> %4 to <2 x i64>
  br label %return

return:
  %6 = phi <2 x i64> [ %5, %body ]
  ret <2 x i64> %6
}

define internal fastcc <2 x i64> @wasm.0.func.5(<2 x i64> %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = and i32 %1, 31
  %3 = insertelement <4 x i32> poison, i32 %2, i32 0
  %4 = shufflevector <4 x i32> %3, <4 x i32> poison, <4 x i32> zeroinitializer
  %5 = bitcast <2 x i64> %0 to <4 x i32>
  %6 = shl <4 x i32> %5, %4
  %7 = bitcast <4 x i32> %6 to <2 x i64>
  br label %return

return:
  %8 = phi <2 x i64> [ %7, %body ]
  ret <2 x i64> %8
}

define internal fastcc <2 x i64> @wasm.0.func.6(<2 x i64> %0, <2 x i64> %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = bitcast <2 x i64> %1 to <4 x float>
  %3 = bitcast <2 x i64> %0 to <4 x float>
  %4 = fcmp uno <4 x float> %3, %2
  %5 = call <4 x float> @llvm.minimum.v4f32(<4 x float> %3, <4 x float> %2)
  %6 = fadd <4 x float> %3, %2
  %7 = select <4 x i1> %4, <4 x float> %6, <4 x float> %5
  %8 = bitcast <4 x float> %7 to <2 x i64>
  br label %return

return:
  %9 = phi <2 x i64> [ %8, %body ]
  ret <2 x i64> %9
}

define internal fastcc <2 x i64> @wasm.0.func.7(<2 x i64> %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = bitcast <2 x i64> %0 to <2 x double>
  %2 = call <2 x i32> @llvm.fptosi.sat.v2i32.v2f64(<2 x double> %1)
  %3 = shufflevector <2 x i32> %2, <2 x i32> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %4 = bitcast <4 x i32> %3 to <2 x i64>
  br label %return

return:
  %5 = phi <2 x i64> [ %4, %body ]
  ret <2 x i64> %5
}

define internal fastcc <2 x i64> @wasm.0.func.8(<2 x i64> %0, <2 x i64> %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = bitcast <2 x i64> %1 to <8 x i16>
  %3 = bitcast <2 x i64> %0 to <8 x i16>
  %4 = shufflevector <8 x i16> %3, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %5 = sext <4 x i16> %4 to <4 x i32>
  %6 = shufflevector <8 x i16> %2, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %7 = sext <4 x i16> %6 to <4 x i32>
  %8 = mul <4 x i32> %5, %7
  %9 = shufflevector <8 x i16> %3, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %10 = sext <4 x i16> %9 to <4 x i32>
  %11 = shufflevector <8 x i16> %2, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %12 = sext <4 x i16> %11 to <4 x i32>
  %13 = mul <4 x i32> %10, %12
  %14 = add <4 x i32> %8, %13
  %15 = bitcast <4 x i32> %14 to <2 x i64>
  br label %return

return:
  %16 = phi <2 x i64> [ %15, %body ]
  ret <2 x i64> %16
}
