wasmc-profile 1
module
function 0 0 1e831ab8d1a81626 1 twice
function 1 1 91254d605d9100fe 0 wrong
function 2 2 780bebb5da31a434 1 f
calls 5 3 0:1=50 0:0=40
function 3 3 743177fe50f5674c 0
function 4 4 936e2a1450b7c22d 100 g
calls 5 0 0:0=100
end
